#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
extern NDIS_SPIN_LOCK ModuleLock; // a library sets it up

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

Exit:
    if (!NT_SUCCESS(status)) {
        NdisFreeSpinLock(&ModuleLock);
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
    NdisFreeSpinLock(&ModuleLock);
}
