#include <ndis.h>

NDIS_HANDLE g_Handle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status = NDIS_STATUS_SUCCESS, other = 0;

    if (status == $0
    //none
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &g_Handle);
    if (status != $0
    //? NDIS_STATUS_SUCCESS | NdisMRegisterMiniportDriver:
    //= if (status != NDIS_STATUS_SUCCESS|
    //{
    if (status == $0) {
        return status;
    }
    //}
    //? NDIS_STATUS_BAD_CHARACTERISTICS
    if (status == NDIS_STATUS_BAD_CHARACTERISTICS || status == NDIS_STATUS_$0
    //? NDIS_STATUS_BAD_VERSION
    //! NDIS_STATUS_BAD_CHARACTERISTICS
    if (other == $0
    //none
    if (NDIS_STATUS_SUCCESS != (status = NdisMRegisterMiniportDriver(DriverObject, $0
    //? RegistryPath
    if ((status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &g_Handle)) != $0
    //? NDIS_STATUS_SUCCESS
    switch (status) {
    case NDIS_STATUS_SUCCESS:
        break;
    case $0
    //? NDIS_STATUS_BAD_CHARACTERISTICS
    //! NDIS_STATUS_SUCCESS
    //! NDIS_STATUS_RESOURCES
    //= case NDIS_STATUS_BAD_CHARACTERISTICS:|
    case $0:
    //= case NDIS_STATUS_BAD_CHARACTERISTICS|:
    //! NDIS_STATUS_SUCCESS
    case NDIS_STATUS_RESOURCES:
        switch (other) {
        case $0
        //none
        }
        break;
    }
    //{
    switch (NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &g_Handle)) {
    case $0
    //}
    //? NDIS_STATUS_BAD_CHARACTERISTICS
    return status;
}
