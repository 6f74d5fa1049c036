#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS filter;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillFilter(&filter);
    FillProtocol(&protocol);
    DriverObject->DriverUnload = DriverUnload;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &filter, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto Exit;
    }

    status = IoRegisterShutdownNotification(DriverObject->DeviceObject);
    if (!NT_SUCCESS(status)) {
        goto UndoFilter;
    }

    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        // Skips the label that undoes the filter.
        NdisFDeregisterFilterDriver(FilterHandle);
        goto UndoShutdown;
    }
    return STATUS_SUCCESS;

UndoFilter:
    NdisFDeregisterFilterDriver(FilterHandle);
    return status;
UndoShutdown:
    IoUnregisterShutdownNotification(DriverObject->DeviceObject);
Exit:
    return status;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisFDeregisterFilterDriver(FilterHandle);
}
