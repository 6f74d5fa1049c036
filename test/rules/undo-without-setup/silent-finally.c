#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
static NDIS_SPIN_LOCK ModuleLock;

NTSTATUS FilterReadParameters(PUNICODE_STRING RegistryPath);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;
    BOOLEAN isReady = FALSE;

    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    __try {
        status = FilterReadParameters(RegistryPath);
        if (!NT_SUCCESS(status)) {
            __leave;
        }
        NdisAllocateSpinLock(&ModuleLock);
        isReady = TRUE;
        status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    } __finally {
        if (!NT_SUCCESS(status) && isReady) {
            NdisFreeSpinLock(&ModuleLock);
        }
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
    NdisFreeSpinLock(&ModuleLock);
}
