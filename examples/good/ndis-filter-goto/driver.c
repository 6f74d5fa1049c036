// A filter driver with a control device. What fails jumps into the cleanup, which runs backwards.

#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LwfUnload;
FILTER_ATTACH LwfAttach;
FILTER_DETACH LwfDetach;
FILTER_RESTART LwfRestart;
FILTER_PAUSE LwfPause;
DRIVER_DISPATCH LwfDispatch;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, LwfUnload)
#endif

#define LWF_TAG 'fwLM'

// One per filter module, from attach to detach.
typedef struct _LWF_MODULE {
    LIST_ENTRY Link;
    NDIS_HANDLE FilterHandle;
} LWF_MODULE, *PLWF_MODULE;

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT ControlDevice;
static NDIS_SPIN_LOCK ModuleLock;
static LIST_ENTRY ModuleList;

_Use_decl_annotations_
NTSTATUS DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STRING friendlyName = RTL_CONSTANT_STRING(L"My Filter");
    // NetCfgInstanceId of the INF file
    NDIS_STRING uniqueName = RTL_CONSTANT_STRING(L"{00000000-0000-0000-0000-000000000000}");
    NDIS_STRING serviceName = RTL_CONSTANT_STRING(L"LwfFilter");
    NDIS_DEVICE_OBJECT_ATTRIBUTES device;
    NDIS_STRING deviceName = RTL_CONSTANT_STRING(L"\\Device\\LwfControl");
    NDIS_STRING linkName = RTL_CONSTANT_STRING(L"\\DosDevices\\LwfControl");
    PDRIVER_DISPATCH dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    // handlers may run before the registration returns: all they use comes first
    NdisInitializeListHead(&ModuleList);
    NdisAllocateSpinLock(&ModuleLock);
    DriverObject->DriverUnload = LwfUnload;

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.MajorDriverVersion = 1;
    chars.MinorDriverVersion = 0;
    chars.FriendlyName = friendlyName;
    chars.UniqueName = uniqueName;
    chars.ServiceName = serviceName;
    chars.AttachHandler = LwfAttach;
    chars.DetachHandler = LwfDetach;
    chars.RestartHandler = LwfRestart;
    chars.PauseHandler = LwfPause;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto FreeLock;
    }

    // the device needs the handle of the filter driver, so it comes second
    NdisZeroMemory(dispatch, sizeof(dispatch));
    dispatch[IRP_MJ_CREATE] = LwfDispatch;
    dispatch[IRP_MJ_CLEANUP] = LwfDispatch;
    dispatch[IRP_MJ_CLOSE] = LwfDispatch;
    dispatch[IRP_MJ_DEVICE_CONTROL] = LwfDispatch;

    NdisZeroMemory(&device, sizeof(device));
    device.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    device.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    device.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    device.DeviceName = &deviceName;
    device.SymbolicName = &linkName;
    device.MajorFunctions = dispatch;

    status = NdisRegisterDeviceEx(FilterHandle, &device, &ControlDevice, &DeviceHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto DeregisterFilter;
    }

    return NDIS_STATUS_SUCCESS;

DeregisterFilter:
    NdisFDeregisterFilterDriver(FilterHandle);
FreeLock:
    NdisFreeSpinLock(&ModuleLock);
    return status;
}

_Use_decl_annotations_
VOID LwfUnload(
    _In_ PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    PAGED_CODE();

    NdisDeregisterDeviceEx(DeviceHandle);
    // detaches every module before it returns
    NdisFDeregisterFilterDriver(FilterHandle);
    NdisFreeSpinLock(&ModuleLock);
}

_Use_decl_annotations_
NDIS_STATUS LwfAttach(
    _In_ NDIS_HANDLE NdisFilterHandle,
    _In_ NDIS_HANDLE FilterDriverContext,
    _In_ PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes;
    PLWF_MODULE module;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    UNREFERENCED_PARAMETER(AttachParameters);

    module = (PLWF_MODULE)NdisAllocateMemoryWithTagPriority(
        NdisFilterHandle, sizeof(*module), LWF_TAG, NormalPoolPriority);
    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(module, sizeof(*module));
    module->FilterHandle = NdisFilterHandle;

    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    status = NdisFSetAttributes(NdisFilterHandle, module, &attributes);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(module, 0, 0);
        return status;
    }

    NdisAcquireSpinLock(&ModuleLock);
    InsertTailList(&ModuleList, &module->Link);
    NdisReleaseSpinLock(&ModuleLock);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID LwfDetach(
    _In_ NDIS_HANDLE FilterModuleContext)
{
    PLWF_MODULE module = (PLWF_MODULE)FilterModuleContext;

    NdisAcquireSpinLock(&ModuleLock);
    RemoveEntryList(&module->Link);
    NdisReleaseSpinLock(&ModuleLock);
    NdisFreeMemory(module, 0, 0);
}

_Use_decl_annotations_
NDIS_STATUS LwfRestart(
    _In_ NDIS_HANDLE FilterModuleContext,
    _In_ PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS LwfPause(
    _In_ NDIS_HANDLE FilterModuleContext,
    _In_ PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(PauseParameters);

    // give back queued lists, and wait until all lists of this driver have come back
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NTSTATUS LwfDispatch(
    _Inout_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(DeviceObject);

    if (stack->MajorFunction == IRP_MJ_DEVICE_CONTROL) {
        // the list may be walked here, under ModuleLock
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}
