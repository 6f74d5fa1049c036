// A filter driver in several files, with mistakes that only show when they are read together.

#include "filter.h"

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#endif

NDIS_HANDLE FilterHandle;
NDIS_HANDLE DeviceHandle;
PDEVICE_OBJECT ControlDevice;
NDIS_SPIN_LOCK ModuleLock;
LIST_ENTRY ModuleList;

_Use_decl_annotations_
NTSTATUS DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&ModuleLock);
    DriverObject->DriverUnload = LwfUnload;

    status = LwfRegister(DriverObject);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&ModuleLock);
        return status;
    }

    // mistake: LwfAttach puts modules into the list, and may already run
    NdisInitializeListHead(&ModuleList);

    status = LwfRegisterDevice();
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&ModuleLock);
        // mistake: what LwfRegister registered stays registered
        return status;
    }

    return NDIS_STATUS_SUCCESS;
}
