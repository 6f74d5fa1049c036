#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

static NTSTATUS NtStatusOf(NDIS_STATUS Status)
{
    switch (Status) {
    case NDIS_STATUS_SUCCESS:
        return STATUS_SUCCESS;
    case NDIS_STATUS_RESOURCES:
        return STATUS_INSUFFICIENT_RESOURCES;
    default:
        return STATUS_UNSUCCESSFUL;
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    return NtStatusOf(status);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
