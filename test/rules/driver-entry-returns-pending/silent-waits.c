#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
NTSTATUS FilterStart(PKEVENT Done);
NTSTATUS FilterStartResult(VOID);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;
    KEVENT done;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeEvent(&done, NotificationEvent, FALSE);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    status = FilterStart(&done);
    if (status == STATUS_PENDING) {
        KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL);
        status = FilterStartResult();
    }
    if (!NT_SUCCESS(status)) {
        NdisFDeregisterFilterDriver(FilterHandle);
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
