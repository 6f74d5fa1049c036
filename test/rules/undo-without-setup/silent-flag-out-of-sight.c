#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

#define FILTER_REGISTERED 0x1

typedef struct _SHARED {
    ULONG Flags;
} SHARED;

extern SHARED *Shared;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (NT_SUCCESS(status)) {
        Shared->Flags |= FILTER_REGISTERED;
    }
    if (Shared->Flags & FILTER_REGISTERED) {
        status = IoRegisterShutdownNotification(DriverObject->DeviceObject);
        if (!NT_SUCCESS(status)) {
            NdisFDeregisterFilterDriver(FilterHandle);
        }
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
