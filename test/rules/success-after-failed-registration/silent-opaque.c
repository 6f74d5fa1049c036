#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
NDIS_STATUS FilterRecover(NDIS_STATUS Status); // in a library

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        status = FilterRecover(status);
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
