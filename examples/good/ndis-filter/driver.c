// A filter driver that counts the traffic of every adapter it is attached to and passes it on unchanged.

// A project usually names this in its preprocessor definitions; ndis.h derives the NDIS version from it.
#define NDIS630 1
#include <ndis.h>

#define TALLY_TAG 'ylaT'

typedef struct _TALLY_MODULE {
    NDIS_HANDLE FilterHandle;
    LONG64 Sent;
    LONG64 Received;
} TALLY_MODULE, *PTALLY_MODULE;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TallyUnload;
FILTER_ATTACH TallyAttach;
FILTER_DETACH TallyDetach;
FILTER_RESTART TallyRestart;
FILTER_PAUSE TallyPause;
FILTER_SEND_NET_BUFFER_LISTS TallySendNetBufferLists;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE TallySendNetBufferListsComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS TallyReceiveNetBufferLists;
FILTER_RETURN_NET_BUFFER_LISTS TallyReturnNetBufferLists;
FILTER_STATUS TallyStatus;

_Dispatch_type_(IRP_MJ_CREATE)
_Dispatch_type_(IRP_MJ_CLEANUP)
_Dispatch_type_(IRP_MJ_CLOSE)
DRIVER_DISPATCH TallyDispatch;

static NDIS_STATUS TallyRegisterDevice(VOID);

#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(INIT, TallyRegisterDevice)
#pragma alloc_text(PAGE, TallyUnload)
#pragma alloc_text(PAGE, TallyAttach)
#pragma alloc_text(PAGE, TallyDetach)
#pragma alloc_text(PAGE, TallyRestart)
#pragma alloc_text(PAGE, TallyPause)
#pragma alloc_text(PAGE, TallyDispatch)

static NDIS_HANDLE TallyDriverHandle;
static NDIS_HANDLE TallyDeviceHandle;
static PDEVICE_OBJECT TallyDevice;

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STRING friendlyName = RTL_CONSTANT_STRING(L"Tally NDIS Filter");
    NDIS_STRING uniqueName = RTL_CONSTANT_STRING(L"{3e7b1f52-84c6-4d0a-9f31-6a5c20e8b7d4}");
    NDIS_STRING serviceName = RTL_CONSTANT_STRING(L"Tally");
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    // A filter has no unload handler in its table: the driver object's own is used.
    DriverObject->DriverUnload = TallyUnload;

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.MajorDriverVersion = 1;
    chars.MinorDriverVersion = 0;
    chars.FriendlyName = friendlyName;
    // NetCfgInstanceId and the service name of the INF file.
    chars.UniqueName = uniqueName;
    chars.ServiceName = serviceName;

    chars.AttachHandler = TallyAttach;
    chars.DetachHandler = TallyDetach;
    chars.RestartHandler = TallyRestart;
    chars.PauseHandler = TallyPause;
    chars.SendNetBufferListsHandler = TallySendNetBufferLists;
    chars.SendNetBufferListsCompleteHandler = TallySendNetBufferListsComplete;
    chars.ReceiveNetBufferListsHandler = TallyReceiveNetBufferLists;
    chars.ReturnNetBufferListsHandler = TallyReturnNetBufferLists;
    chars.StatusHandler = TallyStatus;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &TallyDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }

    status = TallyRegisterDevice();
    if (status != NDIS_STATUS_SUCCESS) {
        // Nobody calls TallyUnload for a driver entry that fails.
        NdisFDeregisterFilterDriver(TallyDriverHandle);
        return status;
    }

    return NDIS_STATUS_SUCCESS;
}

// Creates \\.\Tally, through which a program could fetch the counters.
static
NDIS_STATUS
TallyRegisterDevice(VOID)
{
    NDIS_STRING deviceName = RTL_CONSTANT_STRING(L"\\Device\\Tally");
    NDIS_STRING linkName = RTL_CONSTANT_STRING(L"\\DosDevices\\Tally");
    PDRIVER_DISPATCH dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;

    NdisZeroMemory(dispatch, sizeof(dispatch));
    dispatch[IRP_MJ_CREATE] = TallyDispatch;
    dispatch[IRP_MJ_CLEANUP] = TallyDispatch;
    dispatch[IRP_MJ_CLOSE] = TallyDispatch;

    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.DeviceName = &deviceName;
    attributes.SymbolicName = &linkName;
    attributes.MajorFunctions = dispatch;

    return NdisRegisterDeviceEx(TallyDriverHandle, &attributes, &TallyDevice, &TallyDeviceHandle);
}

_Use_decl_annotations_
VOID
TallyUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();

    NdisDeregisterDeviceEx(TallyDeviceHandle);
    NdisFDeregisterFilterDriver(TallyDriverHandle);
}

_Use_decl_annotations_
NDIS_STATUS
TallyAttach(
    NDIS_HANDLE NdisFilterHandle,
    NDIS_HANDLE FilterDriverContext,
    PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters
    )
{
    NDIS_FILTER_ATTRIBUTES attributes;
    PTALLY_MODULE module;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    PAGED_CODE();

    if (AttachParameters->MiniportMediaType != NdisMedium802_3) {
        return NDIS_STATUS_NOT_SUPPORTED;
    }

    module = (PTALLY_MODULE)NdisAllocateMemoryWithTagPriority(
        NdisFilterHandle, sizeof(*module), TALLY_TAG, NormalPoolPriority);
    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(module, sizeof(*module));
    module->FilterHandle = NdisFilterHandle;

    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    NDIS_DECLARE_FILTER_MODULE_CONTEXT(TALLY_MODULE);
    status = NdisFSetAttributes(NdisFilterHandle, module, &attributes);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(module, 0, 0);
    }
    return status;
}

_Use_decl_annotations_
VOID
TallyDetach(
    NDIS_HANDLE FilterModuleContext
    )
{
    PAGED_CODE();

    // NDIS pauses a module before it detaches it, so no traffic refers to the context any more.
    NdisFreeMemory(FilterModuleContext, 0, 0);
}

_Use_decl_annotations_
NDIS_STATUS
TallyRestart(
    NDIS_HANDLE FilterModuleContext,
    PNDIS_FILTER_RESTART_PARAMETERS RestartParameters
    )
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    PAGED_CODE();

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
TallyPause(
    NDIS_HANDLE FilterModuleContext,
    PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters
    )
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    PAGED_CODE();

    // Every list is passed on at once and none originates here: there is nothing to wait for.
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
TallySendNetBufferLists(
    NDIS_HANDLE FilterModuleContext,
    PNET_BUFFER_LIST NetBufferList,
    NDIS_PORT_NUMBER PortNumber,
    ULONG SendFlags
    )
{
    PTALLY_MODULE module = (PTALLY_MODULE)FilterModuleContext;
    PNET_BUFFER_LIST list;

    for (list = NetBufferList; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        InterlockedIncrement64(&module->Sent);
    }
    NdisFSendNetBufferLists(module->FilterHandle, NetBufferList, PortNumber, SendFlags);
}

_Use_decl_annotations_
VOID
TallySendNetBufferListsComplete(
    NDIS_HANDLE FilterModuleContext,
    PNET_BUFFER_LIST NetBufferList,
    ULONG SendCompleteFlags
    )
{
    PTALLY_MODULE module = (PTALLY_MODULE)FilterModuleContext;

    NdisFSendNetBufferListsComplete(module->FilterHandle, NetBufferList, SendCompleteFlags);
}

_Use_decl_annotations_
VOID
TallyReceiveNetBufferLists(
    NDIS_HANDLE FilterModuleContext,
    PNET_BUFFER_LIST NetBufferLists,
    NDIS_PORT_NUMBER PortNumber,
    ULONG NumberOfNetBufferLists,
    ULONG ReceiveFlags
    )
{
    PTALLY_MODULE module = (PTALLY_MODULE)FilterModuleContext;

    InterlockedAdd64(&module->Received, NumberOfNetBufferLists);
    NdisFIndicateReceiveNetBufferLists(
        module->FilterHandle, NetBufferLists, PortNumber, NumberOfNetBufferLists, ReceiveFlags);
}

_Use_decl_annotations_
VOID
TallyReturnNetBufferLists(
    NDIS_HANDLE FilterModuleContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG ReturnFlags
    )
{
    PTALLY_MODULE module = (PTALLY_MODULE)FilterModuleContext;

    NdisFReturnNetBufferLists(module->FilterHandle, NetBufferLists, ReturnFlags);
}

_Use_decl_annotations_
VOID
TallyStatus(
    NDIS_HANDLE FilterModuleContext,
    PNDIS_STATUS_INDICATION StatusIndication
    )
{
    PTALLY_MODULE module = (PTALLY_MODULE)FilterModuleContext;

    NdisFIndicateStatus(module->FilterHandle, StatusIndication);
}

_Use_decl_annotations_
NTSTATUS
TallyDispatch(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);
    PAGED_CODE();

    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}
