#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

static BOOLEAN RegisterFilter(PDRIVER_OBJECT DriverObject, PNDIS_FILTER_DRIVER_CHARACTERISTICS Chars)
{
    return NdisFRegisterFilterDriver(DriverObject, NULL, Chars, &FilterHandle) == NDIS_STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    status = STATUS_UNSUCCESSFUL;
    if (RegisterFilter(DriverObject, &chars)) {
        status = STATUS_SUCCESS;
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
