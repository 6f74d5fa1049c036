#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;
static NDIS_SPIN_LOCK ModuleLock;
static PVOID Scratch;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_DETACH FilterDetach;
VOID FreeTables(PNDIS_SPIN_LOCK Lock);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    NdisAllocateSpinLock(&ModuleLock);
    FillCharacteristics(&chars);
    chars.DetachHandler = FilterDetach;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        // Refused: nobody calls back.
        NdisFreeSpinLock(&ModuleLock);
    }
    return status;
}

VOID FilterDetach(NDIS_HANDLE Context)
{
    NdisAcquireSpinLock(&ModuleLock);
    DetachModule(Context);
    NdisReleaseSpinLock(&ModuleLock);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FreeTables(&ModuleLock); // who knows what it frees
    if (Scratch != NULL) {
        ExFreePool(Scratch);
        Scratch = NULL;
    }
    NdisFDeregisterFilterDriver(FilterDriverHandle);
    NdisFreeSpinLock(&ModuleLock);
}
