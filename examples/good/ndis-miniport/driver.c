// A miniport driver for a virtual Ethernet adapter that swallows every frame it is asked to send.

// A project usually names these in its preprocessor definitions; ndis.h derives the NDIS version from them.
#define NDIS_MINIPORT_DRIVER 1
#define NDIS630_MINIPORT 1
#include <ndis.h>

#define SINK_TAG 'kniS'
#define SINK_MTU 1500
#define SINK_FRAME (SINK_MTU + 14)
#define SINK_LINK_SPEED 1000000000ULL
#define SINK_PACKET_FILTERS \
    (NDIS_PACKET_TYPE_DIRECTED | NDIS_PACKET_TYPE_MULTICAST | NDIS_PACKET_TYPE_BROADCAST)

typedef struct _SINK_ADAPTER {
    LIST_ENTRY Link;
    NDIS_HANDLE MiniportHandle;
    ULONG PacketFilter;
    LONG64 FramesSunk;
} SINK_ADAPTER, *PSINK_ADAPTER;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD SinkUnload;
MINIPORT_INITIALIZE SinkInitialize;
MINIPORT_HALT SinkHalt;
MINIPORT_PAUSE SinkPause;
MINIPORT_RESTART SinkRestart;
MINIPORT_OID_REQUEST SinkOidRequest;
MINIPORT_CANCEL_OID_REQUEST SinkCancelOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS SinkSendNetBufferLists;
MINIPORT_CANCEL_SEND SinkCancelSend;
MINIPORT_RETURN_NET_BUFFER_LISTS SinkReturnNetBufferLists;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY SinkDevicePnPEventNotify;
MINIPORT_SHUTDOWN SinkShutdown;

static NDIS_STATUS SinkSetAttributes(_In_ PSINK_ADAPTER Adapter);
static VOID SinkListAdapter(_Inout_ PSINK_ADAPTER Adapter, _In_ BOOLEAN Present);

#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, SinkUnload)
#pragma alloc_text(PAGE, SinkInitialize)
#pragma alloc_text(PAGE, SinkSetAttributes)
#pragma alloc_text(PAGE, SinkHalt)
#pragma alloc_text(PAGE, SinkPause)
#pragma alloc_text(PAGE, SinkRestart)
#pragma alloc_text(PAGE, SinkOidRequest)
#pragma alloc_text(PAGE, SinkDevicePnPEventNotify)

static NDIS_HANDLE SinkDriverHandle;
static LIST_ENTRY SinkAdapters;
static PNDIS_RW_LOCK_EX SinkAdaptersLock;

static NDIS_OID SinkOids[] = {
    OID_GEN_CURRENT_PACKET_FILTER,
    OID_GEN_CURRENT_LOOKAHEAD,
    OID_802_3_MULTICAST_LIST,
};

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    InitializeListHead(&SinkAdapters);

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.MajorDriverVersion = 1;
    chars.MinorDriverVersion = 0;

    chars.UnloadHandler = SinkUnload;
    chars.InitializeHandlerEx = SinkInitialize;
    chars.HaltHandlerEx = SinkHalt;
    chars.PauseHandler = SinkPause;
    chars.RestartHandler = SinkRestart;
    chars.OidRequestHandler = SinkOidRequest;
    chars.CancelOidRequestHandler = SinkCancelOidRequest;
    chars.SendNetBufferListsHandler = SinkSendNetBufferLists;
    chars.CancelSendHandler = SinkCancelSend;
    chars.ReturnNetBufferListsHandler = SinkReturnNetBufferLists;
    chars.DevicePnPEventNotifyHandler = SinkDevicePnPEventNotify;
    chars.ShutdownHandlerEx = SinkShutdown;

    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &SinkDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }

    // The lock belongs to the driver handle, so it cannot be made earlier. No adapter starts before we return.
    SinkAdaptersLock = NdisAllocateRWLock(SinkDriverHandle);
    if (SinkAdaptersLock == NULL) {
        // Nobody calls SinkUnload for a driver entry that fails.
        NdisMDeregisterMiniportDriver(SinkDriverHandle);
        return NDIS_STATUS_RESOURCES;
    }

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
SinkUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();

    NdisFreeRWLock(SinkAdaptersLock);
    NdisMDeregisterMiniportDriver(SinkDriverHandle);
}

_Use_decl_annotations_
NDIS_STATUS
SinkInitialize(
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters
    )
{
    PSINK_ADAPTER adapter;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    PAGED_CODE();

    adapter = (PSINK_ADAPTER)NdisAllocateMemoryWithTagPriority(
        NdisMiniportHandle, sizeof(*adapter), SINK_TAG, NormalPoolPriority);
    if (adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(adapter, sizeof(*adapter));
    adapter->MiniportHandle = NdisMiniportHandle;

    status = SinkSetAttributes(adapter);
    if (status != NDIS_STATUS_SUCCESS) {
        // SinkHalt is only called for adapters that started.
        NdisFreeMemory(adapter, 0, 0);
        return status;
    }

    SinkListAdapter(adapter, TRUE);
    return NDIS_STATUS_SUCCESS;
}

// Tells NDIS what kind of adapter this is: registration attributes first, then the general ones.
static
_Use_decl_annotations_
NDIS_STATUS
SinkSetAttributes(
    PSINK_ADAPTER Adapter
    )
{
    static const UCHAR address[NDIS_MAX_PHYS_ADDRESS_LENGTH] = { 0x02, 0x53, 0x69, 0x6e, 0x6b, 0x01 };
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES general;
    NDIS_STATUS status;

    PAGED_CODE();

    NdisZeroMemory(&registration, sizeof(registration));
    registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2;
    registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2;
    registration.MiniportAdapterContext = Adapter;
    registration.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_NDIS_WDM | NDIS_MINIPORT_ATTRIBUTES_NO_HALT_ON_SUSPEND;
    registration.InterfaceType = NdisInterfacePNPBus;
    status = NdisMSetMiniportAttributes(
        Adapter->MiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&registration);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }

    NdisZeroMemory(&general, sizeof(general));
    general.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    general.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    general.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    general.MediaType = NdisMedium802_3;
    general.PhysicalMediumType = NdisPhysicalMediumUnspecified;
    general.MtuSize = SINK_MTU;
    general.MaxXmitLinkSpeed = SINK_LINK_SPEED;
    general.XmitLinkSpeed = SINK_LINK_SPEED;
    general.MaxRcvLinkSpeed = SINK_LINK_SPEED;
    general.RcvLinkSpeed = SINK_LINK_SPEED;
    general.MediaConnectState = MediaConnectStateConnected;
    general.MediaDuplexState = MediaDuplexStateFull;
    general.LookaheadSize = SINK_FRAME;
    general.MacOptions = NDIS_MAC_OPTION_NO_LOOPBACK;
    general.SupportedPacketFilters = SINK_PACKET_FILTERS;
    general.MaxMulticastListSize = 32;
    general.MacAddressLength = 6;
    NdisMoveMemory(general.PermanentMacAddress, address, sizeof(address));
    NdisMoveMemory(general.CurrentMacAddress, address, sizeof(address));
    general.AccessType = NET_IF_ACCESS_BROADCAST;
    general.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    general.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    general.IfType = IF_TYPE_ETHERNET_CSMACD;
    general.IfConnectorPresent = FALSE;
    general.SupportedPauseFunctions = NdisPauseFunctionsUnsupported;
    general.SupportedOidList = SinkOids;
    general.SupportedOidListLength = sizeof(SinkOids);
    return NdisMSetMiniportAttributes(
        Adapter->MiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&general);
}

// The lock raises the IRQL, so this function must stay out of the pageable section.
static
_Use_decl_annotations_
VOID
SinkListAdapter(
    PSINK_ADAPTER Adapter,
    BOOLEAN Present
    )
{
    LOCK_STATE_EX state;

    NdisAcquireRWLockWrite(SinkAdaptersLock, &state, 0);
    if (Present) {
        InsertTailList(&SinkAdapters, &Adapter->Link);
    } else {
        RemoveEntryList(&Adapter->Link);
    }
    NdisReleaseRWLock(SinkAdaptersLock, &state);
}

_Use_decl_annotations_
VOID
SinkHalt(
    NDIS_HANDLE MiniportAdapterContext,
    NDIS_HALT_ACTION HaltAction
    )
{
    PSINK_ADAPTER adapter = (PSINK_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    PAGED_CODE();

    SinkListAdapter(adapter, FALSE);
    NdisFreeMemory(adapter, 0, 0);
}

_Use_decl_annotations_
NDIS_STATUS
SinkPause(
    NDIS_HANDLE MiniportAdapterContext,
    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters
    )
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    PAGED_CODE();

    // Sends complete before their handler returns, and nothing is ever indicated: there is nothing to wait for.
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
SinkRestart(
    NDIS_HANDLE MiniportAdapterContext,
    PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters
    )
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    PAGED_CODE();

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
SinkOidRequest(
    NDIS_HANDLE MiniportAdapterContext,
    PNDIS_OID_REQUEST OidRequest
    )
{
    PSINK_ADAPTER adapter = (PSINK_ADAPTER)MiniportAdapterContext;
    PVOID buffer;
    ULONG length;

    PAGED_CODE();

    if (OidRequest->RequestType != NdisRequestSetInformation) {
        // NDIS answers queries about the attributes by itself.
        return NDIS_STATUS_NOT_SUPPORTED;
    }

    buffer = OidRequest->DATA.SET_INFORMATION.InformationBuffer;
    length = OidRequest->DATA.SET_INFORMATION.InformationBufferLength;
    switch (OidRequest->DATA.SET_INFORMATION.Oid) {
    case OID_GEN_CURRENT_PACKET_FILTER:
        if (length < sizeof(ULONG)) {
            OidRequest->DATA.SET_INFORMATION.BytesNeeded = sizeof(ULONG);
            return NDIS_STATUS_INVALID_LENGTH;
        }
        if ((*(PULONG)buffer & ~SINK_PACKET_FILTERS) != 0) {
            return NDIS_STATUS_NOT_SUPPORTED;
        }
        adapter->PacketFilter = *(PULONG)buffer;
        OidRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;

    case OID_GEN_CURRENT_LOOKAHEAD:
    case OID_802_3_MULTICAST_LIST:
        // Accepted and forgotten: nothing is ever received.
        OidRequest->DATA.SET_INFORMATION.BytesRead = length;
        return NDIS_STATUS_SUCCESS;

    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

_Use_decl_annotations_
VOID
SinkCancelOidRequest(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID RequestId
    )
{
    // No request ever pends.
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RequestId);
}

_Use_decl_annotations_
VOID
SinkSendNetBufferLists(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_BUFFER_LIST NetBufferList,
    NDIS_PORT_NUMBER PortNumber,
    ULONG SendFlags
    )
{
    PSINK_ADAPTER adapter = (PSINK_ADAPTER)MiniportAdapterContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER buffer;
    ULONG completeFlags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    for (list = NetBufferList; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        for (buffer = NET_BUFFER_LIST_FIRST_NB(list); buffer != NULL; buffer = NET_BUFFER_NEXT_NB(buffer)) {
            InterlockedIncrement64(&adapter->FramesSunk);
        }
        NET_BUFFER_LIST_STATUS(list) = NDIS_STATUS_SUCCESS;
    }

    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags)) {
        NDIS_SET_SEND_COMPLETE_FLAG(completeFlags, NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
    }
    NdisMSendNetBufferListsComplete(adapter->MiniportHandle, NetBufferList, completeFlags);
}

_Use_decl_annotations_
VOID
SinkCancelSend(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID CancelId
    )
{
    // No send is ever queued.
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

_Use_decl_annotations_
VOID
SinkReturnNetBufferLists(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG ReturnFlags
    )
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(ReturnFlags);

    // This driver indicates no receives, so none can come back.
    NT_ASSERT(FALSE);
}

_Use_decl_annotations_
VOID
SinkDevicePnPEventNotify(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_DEVICE_PNP_EVENT NetDevicePnPEvent
    )
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetDevicePnPEvent);
    PAGED_CODE();
}

_Use_decl_annotations_
VOID
SinkShutdown(
    NDIS_HANDLE MiniportAdapterContext,
    NDIS_SHUTDOWN_ACTION ShutdownAction
    )
{
    // Can run while the system is crashing: touch nothing that could wait or page.
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ShutdownAction);
}
