#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;
static NDIS_SPIN_LOCK ModuleLock;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_DETACH FilterDetach;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    FillCharacteristics(&chars);
    chars.DetachHandler = FilterDetach;
#ifdef WITH_EARLY_LOCK
    NdisAllocateSpinLock(&ModuleLock);
#endif
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
#ifndef WITH_EARLY_LOCK
    NdisAllocateSpinLock(&ModuleLock);
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning registered-before-ready: 'ModuleLock' is initialized after 'NdisFRegisterFilterDriver' (line 22), but 'FilterDetach' uses it and can already run
#endif
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
    NdisFDeregisterFilterDriver(FilterDriverHandle);
    NdisFreeSpinLock(&ModuleLock);
}
