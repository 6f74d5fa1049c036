#include <ndis.h>

NDIS_HANDLE g_Driver;
NDIS_HANDLE g_Device;
static NDIS_MINIPORT_DRIVER_CHARACTERISTICS g_Chars;
MINIPORT_INITIALIZE MPInitialize;

NTSTATUS DriverEntry(PDRIVER_OBJECT Object, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    status = NdisMRegisterMiniportDriver($0
    //? Object | DriverObject of DriverEntry
    //only
    //= status = NdisMRegisterMiniportDriver(Object|
    status = NdisMRegisterMiniportDriver(Object, $0);
    //? Path
    //only
    NdisMRegisterMiniportDriver(Object, Path, $0
    //? NULL | optional
    //only
    NdisMRegisterMiniportDriver(Object, Path, NULL, $0
    //? &chars | NDIS_MINIPORT_DRIVER_CHARACTERISTICS
    //? &g_Chars
    //only
    NdisMRegisterMiniportDriver(Object, Path, NULL, &$0
    //? &chars
    //= NdisMRegisterMiniportDriver(Object, Path, NULL, &chars|
    NdisMRegisterMiniportDriver(Object, Path, NULL, &chars, $0
    //? &g_Device | PNDIS_HANDLE
    //only
    NdisMRegisterMiniportDriver(Object, Foo(1, $0
    //none
    NdisMRegisterMiniportDriver(Object, Path, NULL + $0
    //none
    Other($0
    //none
    if (!NT_SUCCESS(NdisMRegisterMiniportDriver(Object, Path, NULL, $0
    //? &chars
    //{
    status = NdisMRegisterMiniportDriver(
        Object, // the "object"
        Path /* , */,
        NULL,
        $0
    if (status != 0) {
        return status;
    }
    //}
    //? &chars
    status = NdisMRegisterMiniportDriver(Object, Path, NULL, &chars, &g_Driver);
    return status;
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    NdisMDeregisterMiniportDriver($0
    //? g_Driver | from NdisMRegisterMiniportDriver
    //only
}

NDIS_STATUS MPInitialize(NDIS_HANDLE Adapter, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration;
    {
        NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES gone;
    }
    NdisMSetMiniportAttributes($0, 0);
    //? Adapter | from MiniportInitialize
    NdisMSetMiniportAttributes(Adapter, $0
    //? &registration
    //! &gone
    return NDIS_STATUS_SUCCESS;
}
