// A protocol driver that opens every Ethernet adapter it is bound to and counts the frames that arrive.

// A project usually names this in its preprocessor definitions; ndis.h derives the NDIS version from it.
#define NDIS630 1
#include <ndis.h>

#define LISTEN_TAG 'tsiL'

typedef struct _LISTEN_BINDING {
    LIST_ENTRY Link;
    NDIS_HANDLE BindingHandle;
    // Set by the completion handlers when opening or closing the adapter pends.
    NDIS_EVENT Completed;
    NDIS_STATUS CompletionStatus;
    LONG64 Received;
} LISTEN_BINDING, *PLISTEN_BINDING;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ListenUnload;
PROTOCOL_BIND_ADAPTER_EX ListenBindAdapter;
PROTOCOL_UNBIND_ADAPTER_EX ListenUnbindAdapter;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX ListenOpenAdapterComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ListenCloseAdapterComplete;
PROTOCOL_NET_PNP_EVENT ListenNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE ListenOidRequestComplete;
PROTOCOL_STATUS_EX ListenStatus;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS ListenReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE ListenSendNetBufferListsComplete;

#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, ListenUnload)
#pragma alloc_text(PAGE, ListenOpenAdapterComplete)
#pragma alloc_text(PAGE, ListenCloseAdapterComplete)
#pragma alloc_text(PAGE, ListenNetPnPEvent)

static NDIS_HANDLE ListenProtocolHandle;
static LIST_ENTRY ListenBindings;
static NDIS_SPIN_LOCK ListenLock;

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STRING name = RTL_CONSTANT_STRING(L"Listen");
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    // NDIS may bind us before the registration call returns, so everything the handlers use comes first.
    InitializeListHead(&ListenBindings);
    NdisAllocateSpinLock(&ListenLock);
    DriverObject->DriverUnload = ListenUnload;

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.MajorDriverVersion = 1;
    chars.MinorDriverVersion = 0;
    // The service name in the INF file.
    chars.Name = name;

    chars.BindAdapterHandlerEx = ListenBindAdapter;
    chars.UnbindAdapterHandlerEx = ListenUnbindAdapter;
    chars.OpenAdapterCompleteHandlerEx = ListenOpenAdapterComplete;
    chars.CloseAdapterCompleteHandlerEx = ListenCloseAdapterComplete;
    chars.NetPnPEventHandler = ListenNetPnPEvent;
    chars.OidRequestCompleteHandler = ListenOidRequestComplete;
    chars.StatusHandlerEx = ListenStatus;
    chars.ReceiveNetBufferListsHandler = ListenReceiveNetBufferLists;
    chars.SendNetBufferListsCompleteHandler = ListenSendNetBufferListsComplete;

    status = NdisRegisterProtocolDriver(NULL, &chars, &ListenProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&ListenLock);
    }
    return status;
}

_Use_decl_annotations_
VOID
ListenUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();

    // Closes every binding through ListenUnbindAdapter, which still needs the lock.
    NdisDeregisterProtocolDriver(ListenProtocolHandle);
    NdisFreeSpinLock(&ListenLock);
}

_Use_decl_annotations_
NDIS_STATUS
ListenBindAdapter(
    NDIS_HANDLE ProtocolDriverContext,
    NDIS_HANDLE BindContext,
    PNDIS_BIND_PARAMETERS BindParameters
    )
{
    NDIS_MEDIUM media[] = { NdisMedium802_3 };
    NDIS_OPEN_PARAMETERS open;
    PLISTEN_BINDING binding;
    UINT medium;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    binding = (PLISTEN_BINDING)NdisAllocateMemoryWithTagPriority(
        ListenProtocolHandle, sizeof(*binding), LISTEN_TAG, NormalPoolPriority);
    if (binding == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(binding, sizeof(*binding));
    NdisInitializeEvent(&binding->Completed);

    NdisZeroMemory(&open, sizeof(open));
    open.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    open.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    open.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    open.AdapterName = BindParameters->AdapterName;
    open.MediumArray = media;
    open.MediumArraySize = ARRAYSIZE(media);
    open.SelectedMediumIndex = &medium;

    status = NdisOpenAdapterEx(ListenProtocolHandle, binding, &open, BindContext, &binding->BindingHandle);
    if (status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&binding->Completed, 0);
        status = binding->CompletionStatus;
    }
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(binding, 0, 0);
        return status;
    }

    NdisAcquireSpinLock(&ListenLock);
    InsertTailList(&ListenBindings, &binding->Link);
    NdisReleaseSpinLock(&ListenLock);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
ListenUnbindAdapter(
    NDIS_HANDLE UnbindContext,
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PLISTEN_BINDING binding = (PLISTEN_BINDING)ProtocolBindingContext;

    UNREFERENCED_PARAMETER(UnbindContext);

    NdisAcquireSpinLock(&ListenLock);
    RemoveEntryList(&binding->Link);
    NdisReleaseSpinLock(&ListenLock);

    NdisResetEvent(&binding->Completed);
    if (NdisCloseAdapterEx(binding->BindingHandle) == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&binding->Completed, 0);
    }
    NdisFreeMemory(binding, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
ListenOpenAdapterComplete(
    NDIS_HANDLE ProtocolBindingContext,
    NDIS_STATUS Status
    )
{
    PLISTEN_BINDING binding = (PLISTEN_BINDING)ProtocolBindingContext;

    PAGED_CODE();

    binding->CompletionStatus = Status;
    NdisSetEvent(&binding->Completed);
}

_Use_decl_annotations_
VOID
ListenCloseAdapterComplete(
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PLISTEN_BINDING binding = (PLISTEN_BINDING)ProtocolBindingContext;

    PAGED_CODE();

    NdisSetEvent(&binding->Completed);
}

_Use_decl_annotations_
NDIS_STATUS
ListenNetPnPEvent(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification
    )
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    PAGED_CODE();

    switch (NetPnPEventNotification->NetPnPEvent.NetEvent) {
    case NetEventPause:
    case NetEventRestart:
    case NetEventSetPower:
    case NetEventQueryPower:
    case NetEventBindsComplete:
        // Nothing is sent, so nothing has to stop.
        return NDIS_STATUS_SUCCESS;

    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

_Use_decl_annotations_
VOID
ListenOidRequestComplete(
    NDIS_HANDLE ProtocolBindingContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS Status
    )
{
    // This driver makes no requests.
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}

_Use_decl_annotations_
VOID
ListenStatus(
    NDIS_HANDLE ProtocolBindingContext,
    PNDIS_STATUS_INDICATION StatusIndication
    )
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(StatusIndication);
}

_Use_decl_annotations_
VOID
ListenReceiveNetBufferLists(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_BUFFER_LIST NetBufferLists,
    NDIS_PORT_NUMBER PortNumber,
    ULONG NumberOfNetBufferLists,
    ULONG ReceiveFlags
    )
{
    PLISTEN_BINDING binding = (PLISTEN_BINDING)ProtocolBindingContext;
    ULONG returnFlags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    InterlockedAdd64(&binding->Received, NumberOfNetBufferLists);

    // With NDIS_RECEIVE_FLAGS_RESOURCES the lists go back by themselves when this function returns.
    if (NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags)) {
        if (NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags)) {
            NDIS_SET_RETURN_FLAG(returnFlags, NDIS_RETURN_FLAGS_DISPATCH_LEVEL);
        }
        NdisReturnNetBufferLists(binding->BindingHandle, NetBufferLists, returnFlags);
    }
}

_Use_decl_annotations_
VOID
ListenSendNetBufferListsComplete(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_BUFFER_LIST NetBufferList,
    ULONG SendCompleteFlags
    )
{
    // This driver sends nothing.
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetBufferList);
    UNREFERENCED_PARAMETER(SendCompleteFlags);
}
