#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;
static NDIS_HANDLE DeviceHandle;
static NDIS_SPIN_LOCK ModuleLock;
static NDIS_SPIN_LOCK RequestLock;
static NDIS_SPIN_LOCK TraceLock;
static BOOLEAN IsTracing;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_DETACH FilterDetach;
VOID FreeRequests(VOID);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    NdisAllocateSpinLock(&ModuleLock);
    NdisAllocateSpinLock(&RequestLock);
    NdisAllocateSpinLock(&TraceLock);
    FillCharacteristics(&chars);
    chars.DetachHandler = FilterDetach;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&ModuleLock);
        NdisFreeSpinLock(&RequestLock);
        NdisFreeSpinLock(&TraceLock);
        return status;
    }
    IsTracing = TRUE;
    return CreateControlDevice(FilterDriverHandle, &DeviceHandle);
}

VOID FilterDetach(NDIS_HANDLE Context)
{
    NdisAcquireSpinLock(&ModuleLock);
    DetachModule(Context);
    NdisReleaseSpinLock(&ModuleLock);
    if (IsTracing) {
        NdisAcquireSpinLock(&TraceLock);
        TraceDetach(Context);
        NdisReleaseSpinLock(&TraceLock);
    }
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    DeleteControlDevice(DeviceHandle); // first, as it should be
    NdisFreeSpinLock(&RequestLock);    // handlers do not use it
    IsTracing = FALSE;
    NdisFreeSpinLock(&TraceLock);      // they ask before they do
    NdisFDeregisterFilterDriver(FilterDriverHandle);
    NdisFreeSpinLock(&ModuleLock);
}
