// An intermediate driver: a miniport edge with its flag, a protocol edge, the two associated, both undone.

#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
MINIPORT_INITIALIZE ImMiniportInitialize;
MINIPORT_HALT ImMiniportHalt;
MINIPORT_UNLOAD ImMiniportDriverUnload;
MINIPORT_PAUSE ImMiniportPause;
MINIPORT_RESTART ImMiniportRestart;
MINIPORT_OID_REQUEST ImMiniportOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS ImMiniportSendNetBufferLists;
MINIPORT_RETURN_NET_BUFFER_LISTS ImMiniportReturnNetBufferLists;
MINIPORT_CANCEL_SEND ImMiniportCancelSend;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY ImMiniportDevicePnPEventNotify;
MINIPORT_SHUTDOWN ImMiniportShutdown;
MINIPORT_CANCEL_OID_REQUEST ImMiniportCancelOidRequest;
PROTOCOL_BIND_ADAPTER_EX ImProtocolBindAdapter;
PROTOCOL_UNBIND_ADAPTER_EX ImProtocolUnbindAdapter;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX ImProtocolOpenAdapterComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ImProtocolCloseAdapterComplete;
PROTOCOL_NET_PNP_EVENT ImProtocolNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE ImProtocolOidRequestComplete;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS ImProtocolReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE ImProtocolSendNetBufferListsComplete;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, ImMiniportDriverUnload)
#endif

#define IM_TAG 'dAmI'

// One per adapter below; each carries a virtual miniport.
typedef struct _IM_ADAPTER {
    LIST_ENTRY Link;
    NDIS_HANDLE BindingHandle;
    NDIS_EVENT Done;
    NDIS_STATUS Status;
} IM_ADAPTER, *PIM_ADAPTER;

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE ProtocolHandle;
static NDIS_SPIN_LOCK AdapterLock;
static LIST_ENTRY AdapterList;

_Use_decl_annotations_
NTSTATUS DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STRING name = NDIS_STRING_CONST("ImIntermediate");
    NDIS_STATUS status;

    // a binding may come, and with it a virtual miniport, before DriverEntry returns
    NdisInitializeListHead(&AdapterList);
    NdisAllocateSpinLock(&AdapterLock);

    NdisZeroMemory(&miniport, sizeof(miniport));
    miniport.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    miniport.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    miniport.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    miniport.MajorNdisVersion = 6;
    miniport.MinorNdisVersion = 30;
    miniport.MajorDriverVersion = 1;
    miniport.MinorDriverVersion = 0;
    miniport.Flags = NDIS_INTERMEDIATE_DRIVER;
    miniport.InitializeHandlerEx = ImMiniportInitialize;
    miniport.HaltHandlerEx = ImMiniportHalt;
    miniport.UnloadHandler = ImMiniportDriverUnload;
    miniport.PauseHandler = ImMiniportPause;
    miniport.RestartHandler = ImMiniportRestart;
    miniport.OidRequestHandler = ImMiniportOidRequest;
    miniport.SendNetBufferListsHandler = ImMiniportSendNetBufferLists;
    miniport.ReturnNetBufferListsHandler = ImMiniportReturnNetBufferLists;
    miniport.CancelSendHandler = ImMiniportCancelSend;
    miniport.DevicePnPEventNotifyHandler = ImMiniportDevicePnPEventNotify;
    miniport.ShutdownHandlerEx = ImMiniportShutdown;
    miniport.CancelOidRequestHandler = ImMiniportCancelOidRequest;

    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &DriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&AdapterLock);
        return status;
    }

    // the miniport comes first: binding an adapter needs its handle
    NdisZeroMemory(&protocol, sizeof(protocol));
    protocol.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    protocol.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    protocol.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    protocol.MajorNdisVersion = 6;
    protocol.MinorNdisVersion = 30;
    protocol.MajorDriverVersion = 1;
    protocol.MinorDriverVersion = 0;
    protocol.Name = name;
    protocol.BindAdapterHandlerEx = ImProtocolBindAdapter;
    protocol.UnbindAdapterHandlerEx = ImProtocolUnbindAdapter;
    protocol.OpenAdapterCompleteHandlerEx = ImProtocolOpenAdapterComplete;
    protocol.CloseAdapterCompleteHandlerEx = ImProtocolCloseAdapterComplete;
    protocol.NetPnPEventHandler = ImProtocolNetPnPEvent;
    protocol.OidRequestCompleteHandler = ImProtocolOidRequestComplete;
    protocol.ReceiveNetBufferListsHandler = ImProtocolReceiveNetBufferLists;
    protocol.SendNetBufferListsCompleteHandler = ImProtocolSendNetBufferListsComplete;

    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(DriverHandle);
        NdisFreeSpinLock(&AdapterLock);
        return status;
    }

    NdisIMAssociateMiniport(DriverHandle, ProtocolHandle);
    return NDIS_STATUS_SUCCESS;
}

// Call it from the bind handler once the lower adapter is open. To take it back in the unbind handler use
// NdisIMCancelInitializeDeviceInstance before the virtual miniport is initialized, and
// NdisIMDeInitializeDeviceInstance with its adapter handle after that.
NDIS_STATUS ImStartVirtualMiniport(_In_ PNDIS_STRING InstanceName, _In_opt_ NDIS_HANDLE DeviceContext)
{
    NDIS_STATUS status;

    status = NdisIMInitializeDeviceInstanceEx(DriverHandle, InstanceName, DeviceContext);
    // an exact comparison: NT_SUCCESS takes NDIS_STATUS_NOT_ACCEPTED for success
    if (status != NDIS_STATUS_SUCCESS) {
        return NDIS_STATUS_FAILURE;
    }
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID ImMiniportDriverUnload(
    _In_ PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    PAGED_CODE();

    // the protocol first: it unbinds, and so ends the virtual miniports
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisMDeregisterMiniportDriver(DriverHandle);
    NdisFreeSpinLock(&AdapterLock);
}

_Use_decl_annotations_
NDIS_STATUS ImMiniportInitialize(
    _In_ NDIS_HANDLE NdisMiniportHandle,
    _In_ NDIS_HANDLE MiniportDriverContext,
    _In_ PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    UNREFERENCED_PARAMETER(NdisMiniportHandle);
    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    // set the registration and general attributes with NdisMSetMiniportAttributes, then return success
    return NDIS_STATUS_FAILURE;
}

_Use_decl_annotations_
VOID ImMiniportHalt(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ NDIS_HALT_ACTION HaltAction)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(HaltAction);

    // free what the initialize handler allocated, in reverse order
}

_Use_decl_annotations_
NDIS_STATUS ImMiniportPause(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS ImMiniportRestart(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS ImMiniportOidRequest(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_
VOID ImMiniportSendNetBufferLists(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNET_BUFFER_LIST NetBufferList,
    _In_ NDIS_PORT_NUMBER PortNumber,
    _In_ ULONG SendFlags)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(SendFlags);

    PNET_BUFFER_LIST current;
    for (current = NetBufferList; current != NULL; current = NET_BUFFER_LIST_NEXT_NBL(current)) {
        NET_BUFFER_LIST_STATUS(current) = NDIS_STATUS_FAILURE;
    }
    // complete the list with NdisMSendNetBufferListsComplete
}

_Use_decl_annotations_
VOID ImMiniportReturnNetBufferLists(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNET_BUFFER_LIST NetBufferLists,
    _In_ ULONG ReturnFlags)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(ReturnFlags);

    // give the lists back to the receive pool
}

_Use_decl_annotations_
VOID ImMiniportCancelSend(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);

    // complete the queued lists with this identifier as aborted
}

_Use_decl_annotations_
VOID ImMiniportDevicePnPEventNotify(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetDevicePnPEvent);
}

_Use_decl_annotations_
VOID ImMiniportShutdown(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ NDIS_SHUTDOWN_ACTION ShutdownAction)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ShutdownAction);
}

_Use_decl_annotations_
VOID ImMiniportCancelOidRequest(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PVOID RequestId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RequestId);
}

_Use_decl_annotations_
NDIS_STATUS ImProtocolBindAdapter(
    _In_ NDIS_HANDLE ProtocolDriverContext,
    _In_ NDIS_HANDLE BindContext,
    _In_ PNDIS_BIND_PARAMETERS BindParameters)
{
    NDIS_OPEN_PARAMETERS open;
    NDIS_MEDIUM media[] = { NdisMedium802_3 };
    NET_FRAME_TYPE frames[] = { NDIS_ETH_TYPE_802_1X };
    UINT selected;
    PIM_ADAPTER adapter;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    adapter = (PIM_ADAPTER)NdisAllocateMemoryWithTagPriority(
        ProtocolHandle, sizeof(*adapter), IM_TAG, NormalPoolPriority);
    if (adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(adapter, sizeof(*adapter));
    NdisInitializeEvent(&adapter->Done);

    NdisZeroMemory(&open, sizeof(open));
    open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    open.AdapterName = BindParameters->AdapterName;
    open.MediumArray = media;
    open.MediumArraySize = ARRAYSIZE(media);
    open.SelectedMediumIndex = &selected;
    open.FrameTypeArray = frames;
    open.FrameTypeArraySize = ARRAYSIZE(frames);

    status = NdisOpenAdapterEx(ProtocolHandle, adapter, &open, BindContext, &adapter->BindingHandle);
    if (status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&adapter->Done, 0);
        status = adapter->Status;
    }
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(adapter, 0, 0);
        return status;
    }

    NdisAcquireSpinLock(&AdapterLock);
    InsertTailList(&AdapterList, &adapter->Link);
    NdisReleaseSpinLock(&AdapterLock);
    // the registry names the virtual miniport under UpperBindings: start it with ImStartVirtualMiniport
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS ImProtocolUnbindAdapter(
    _In_ NDIS_HANDLE UnbindContext,
    _In_ NDIS_HANDLE ProtocolBindingContext)
{
    PIM_ADAPTER adapter = (PIM_ADAPTER)ProtocolBindingContext;

    UNREFERENCED_PARAMETER(UnbindContext);

    NdisAcquireSpinLock(&AdapterLock);
    RemoveEntryList(&adapter->Link);
    NdisReleaseSpinLock(&AdapterLock);

    NdisResetEvent(&adapter->Done);
    if (NdisCloseAdapterEx(adapter->BindingHandle) == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&adapter->Done, 0);
    }
    NdisFreeMemory(adapter, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID ImProtocolOpenAdapterComplete(
    _In_ NDIS_HANDLE ProtocolBindingContext,
    _In_ NDIS_STATUS Status)
{
    PIM_ADAPTER adapter = (PIM_ADAPTER)ProtocolBindingContext;

    adapter->Status = Status;
    NdisSetEvent(&adapter->Done);
}

_Use_decl_annotations_
VOID ImProtocolCloseAdapterComplete(
    _In_ NDIS_HANDLE ProtocolBindingContext)
{
    PIM_ADAPTER adapter = (PIM_ADAPTER)ProtocolBindingContext;

    NdisSetEvent(&adapter->Done);
}

_Use_decl_annotations_
NDIS_STATUS ImProtocolNetPnPEvent(
    _In_ NDIS_HANDLE ProtocolBindingContext,
    _In_ PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetPnPEventNotification);

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID ImProtocolOidRequestComplete(
    _In_ NDIS_HANDLE ProtocolBindingContext,
    _In_ PNDIS_OID_REQUEST OidRequest,
    _In_ NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);

    // keep the result and wake whoever made the request
}

_Use_decl_annotations_
VOID ImProtocolReceiveNetBufferLists(
    _In_ NDIS_HANDLE ProtocolBindingContext,
    _In_ PNET_BUFFER_LIST NetBufferLists,
    _In_ NDIS_PORT_NUMBER PortNumber,
    _In_ ULONG NumberOfNetBufferLists,
    _In_ ULONG ReceiveFlags)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);
    UNREFERENCED_PARAMETER(ReceiveFlags);

    // unless NDIS_TEST_RECEIVE_CANNOT_PEND says that NDIS takes them back, return the lists with NdisReturnNetBufferLists
}

_Use_decl_annotations_
VOID ImProtocolSendNetBufferListsComplete(
    _In_ NDIS_HANDLE ProtocolBindingContext,
    _In_ PNET_BUFFER_LIST NetBufferList,
    _In_ ULONG SendCompleteFlags)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetBufferList);
    UNREFERENCED_PARAMETER(SendCompleteFlags);

    // free or reuse the lists
}
