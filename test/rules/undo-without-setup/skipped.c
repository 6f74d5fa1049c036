#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS FilterReadParameters(PUNICODE_STRING RegistryPath);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    status = FilterReadParameters(RegistryPath);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = IoRegisterShutdownNotification(DriverObject->DeviceObject);

Exit:
    if (!NT_SUCCESS(status)) {
        NdisFDeregisterFilterDriver(FilterHandle);
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information undo-without-setup: 'NdisFDeregisterFilterDriver' is called on a path where nothing was registered
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
