#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
static BOOLEAN RegisterFilter(PDRIVER_OBJECT DriverObject, PNDIS_FILTER_DRIVER_CHARACTERISTICS Chars);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    if (!RegisterFilter(DriverObject, &chars)) {
        return STATUS_UNSUCCESSFUL;
    }
    status = IoRegisterShutdownNotification(DriverObject->DeviceObject);
    if (!NT_SUCCESS(status)) {
        return status;
    //  ^^^^^^^^^^^^^^ warning not-deregistered-on-failure-path: 'DriverEntry' fails here, but 'NdisFRegisterFilterDriver' (line 36) is still registered
    }
    return STATUS_SUCCESS;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}

static BOOLEAN RegisterFilter(PDRIVER_OBJECT DriverObject, PNDIS_FILTER_DRIVER_CHARACTERISTICS Chars)
{
    return NdisFRegisterFilterDriver(DriverObject, NULL, Chars, &FilterHandle) == NDIS_STATUS_SUCCESS;
}
