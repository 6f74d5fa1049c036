#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;
static NDIS_HANDLE BufferPool;
static PNDIS_RW_LOCK_EX ModuleLock;
static LIST_ENTRY RequestList;
static LIST_ENTRY ModuleList;
static ULONG Modules;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_ATTACH FilterAttach;
DRIVER_DISPATCH FilterDispatch;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    LIST_ENTRY pending;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    InitializeListHead(&ModuleList);
    DriverObject->DriverUnload = FilterUnload;
    FillCharacteristics(&chars);
    chars.AttachHandler = FilterAttach;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
    if (status == NDIS_STATUS_SUCCESS) {
        ModuleLock = NdisAllocateRWLock(FilterDriverHandle); // needs the handle
        InitializeListHead(&RequestList);                    // only for requests to the control device
        InitializeListHead(&pending);                        // a local
        Modules = 1;                                         // a number
        DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = FilterDispatch;
    }
    return status;
}

NDIS_STATUS FilterAttach(NDIS_HANDLE Filter, NDIS_HANDLE Context, PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    LOCK_STATE_EX state;
    NDIS_STATUS status;

    NdisAcquireRWLockWrite(ModuleLock, &state, 0);
    status = AttachModule(&ModuleList, Modules, Filter, Context, Parameters);
    NdisReleaseRWLock(ModuleLock, &state);
    return status;
}

NTSTATUS FilterDispatch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return QueueRequest(&RequestList, DeviceObject, Irp);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
    NdisFreeRWLock(ModuleLock);
}
