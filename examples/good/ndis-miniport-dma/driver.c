// A miniport driver for a bus-master card: what MPInitialize registers for the adapter, MPHalt takes back, and
// so does MPInitialize itself when a later step fails, because MPHalt does not run then.

#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
MINIPORT_INITIALIZE MPInitialize;
MINIPORT_HALT MPHalt;
MINIPORT_UNLOAD MPUnload;
MINIPORT_PAUSE MPPause;
MINIPORT_RESTART MPRestart;
MINIPORT_OID_REQUEST MPOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS MPSendNetBufferLists;
MINIPORT_RETURN_NET_BUFFER_LISTS MPReturnNetBufferLists;
MINIPORT_CANCEL_SEND MPCancelSend;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY MPDevicePnPEventNotify;
MINIPORT_SHUTDOWN MPShutdown;
MINIPORT_CANCEL_OID_REQUEST MPCancelOidRequest;
MINIPORT_CHECK_FOR_HANG MPCheckForHang;
MINIPORT_RESET MPReset;
MINIPORT_ISR MPInterrupt;
MINIPORT_INTERRUPT_DPC MPInterruptDpc;
MINIPORT_DISABLE_INTERRUPT MPDisableInterrupt;
MINIPORT_ENABLE_INTERRUPT MPEnableInterrupt;
MINIPORT_PROCESS_SG_LIST MPProcessSGList;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, MPUnload)
#endif

#define MP_TAG 'dDpM'

typedef struct _MP_ADAPTER {
    NDIS_HANDLE Handle;
    NDIS_HANDLE DmaHandle;
    NDIS_HANDLE InterruptHandle;
    NDIS_SPIN_LOCK ReceiveLock;
    ULONG Causes;
    UCHAR Address[6];
} MP_ADAPTER, *PMP_ADAPTER;

static NDIS_HANDLE DriverHandle;

_Use_decl_annotations_
NTSTATUS DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.MajorDriverVersion = 1;
    chars.MinorDriverVersion = 0;
    chars.InitializeHandlerEx = MPInitialize;
    chars.HaltHandlerEx = MPHalt;
    chars.UnloadHandler = MPUnload;
    chars.PauseHandler = MPPause;
    chars.RestartHandler = MPRestart;
    chars.OidRequestHandler = MPOidRequest;
    chars.SendNetBufferListsHandler = MPSendNetBufferLists;
    chars.ReturnNetBufferListsHandler = MPReturnNetBufferLists;
    chars.CancelSendHandler = MPCancelSend;
    chars.DevicePnPEventNotifyHandler = MPDevicePnPEventNotify;
    chars.ShutdownHandlerEx = MPShutdown;
    chars.CancelOidRequestHandler = MPCancelOidRequest;
    chars.CheckForHangHandlerEx = MPCheckForHang;
    chars.ResetHandlerEx = MPReset;

    // the last step that can fail
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

_Use_decl_annotations_
VOID MPUnload(
    _In_ PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    PAGED_CODE();

    NdisMDeregisterMiniportDriver(DriverHandle);
}

static const NDIS_OID SupportedOids[] = {
    OID_GEN_CURRENT_PACKET_FILTER,
    OID_GEN_CURRENT_LOOKAHEAD,
    OID_GEN_STATISTICS,
    OID_802_3_MULTICAST_LIST,
};

// The registration attributes come before anything else of the adapter, the general attributes second.
static NDIS_STATUS MPSetAttributes(_In_ PMP_ADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES general;
    NDIS_STATUS status;

    NdisZeroMemory(&registration, sizeof(registration));
    registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2;
    registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2;
    registration.MiniportAdapterContext = Adapter;
    registration.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    registration.InterfaceType = NdisInterfacePci;
    status = NdisMSetMiniportAttributes(
        Adapter->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&registration);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }

    NdisZeroMemory(&general, sizeof(general));
    general.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    general.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    general.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    general.MediaType = NdisMedium802_3;
    general.PhysicalMediumType = NdisPhysicalMedium802_3;
    general.MtuSize = 1500;
    general.MaxXmitLinkSpeed = 1000000000;
    general.XmitLinkSpeed = 1000000000;
    general.MaxRcvLinkSpeed = 1000000000;
    general.RcvLinkSpeed = 1000000000;
    general.MediaConnectState = MediaConnectStateConnected;
    general.MediaDuplexState = MediaDuplexStateFull;
    general.LookaheadSize = 1500;
    general.MacOptions = NDIS_MAC_OPTION_NO_LOOPBACK;
    general.SupportedPacketFilters = NDIS_PACKET_TYPE_DIRECTED | NDIS_PACKET_TYPE_BROADCAST;
    general.MaxMulticastListSize = 32;
    general.MacAddressLength = sizeof(Adapter->Address);
    NdisMoveMemory(general.PermanentMacAddress, Adapter->Address, sizeof(Adapter->Address));
    NdisMoveMemory(general.CurrentMacAddress, Adapter->Address, sizeof(Adapter->Address));
    general.AccessType = NET_IF_ACCESS_BROADCAST;
    general.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    general.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    general.IfType = IF_TYPE_ETHERNET_CSMACD;
    general.IfConnectorPresent = TRUE;
    general.SupportedOidList = (PNDIS_OID)SupportedOids;
    general.SupportedOidListLength = sizeof(SupportedOids);
    return NdisMSetMiniportAttributes(Adapter->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&general);
}

static NDIS_STATUS MPStartHardware(_In_ PMP_ADAPTER Adapter)
{
    UNREFERENCED_PARAMETER(Adapter);

    // reset the card and give it its rings
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS MPInitialize(
    _In_ NDIS_HANDLE NdisMiniportHandle,
    _In_ NDIS_HANDLE MiniportDriverContext,
    _In_ PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_SG_DMA_DESCRIPTION dma;
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS interrupt;
    PMP_ADAPTER adapter;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    adapter = (PMP_ADAPTER)NdisAllocateMemoryWithTagPriority(
        NdisMiniportHandle, sizeof(*adapter), MP_TAG, NormalPoolPriority);
    if (adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(adapter, sizeof(*adapter));
    adapter->Handle = NdisMiniportHandle;

    // the interrupt may come before its registration returns: all that its handlers use comes first
    NdisAllocateSpinLock(&adapter->ReceiveLock);

    status = MPSetAttributes(adapter);
    if (status != NDIS_STATUS_SUCCESS) {
        goto FreeAdapter;
    }

    NdisZeroMemory(&dma, sizeof(dma));
    dma.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    dma.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    dma.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
    dma.Flags = NDIS_SG_DMA_64_BIT_ADDRESS;
    dma.MaximumPhysicalMapping = 65536;
    dma.ProcessSGListHandler = MPProcessSGList;
    status = NdisMRegisterScatterGatherDma(NdisMiniportHandle, &dma, &adapter->DmaHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto FreeAdapter;
    }

    NdisZeroMemory(&interrupt, sizeof(interrupt));
    interrupt.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    interrupt.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    interrupt.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    interrupt.InterruptHandler = MPInterrupt;
    interrupt.InterruptDpcHandler = MPInterruptDpc;
    interrupt.DisableInterruptHandler = MPDisableInterrupt;
    interrupt.EnableInterruptHandler = MPEnableInterrupt;
    status = NdisMRegisterInterruptEx(NdisMiniportHandle, adapter, &interrupt, &adapter->InterruptHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto DeregisterDma;
    }

    status = MPStartHardware(adapter);
    if (status != NDIS_STATUS_SUCCESS) {
        goto DeregisterInterrupt;
    }

    return NDIS_STATUS_SUCCESS;

DeregisterInterrupt:
    NdisMDeregisterInterruptEx(adapter->InterruptHandle);
DeregisterDma:
    NdisMDeregisterScatterGatherDma(adapter->DmaHandle);
FreeAdapter:
    NdisFreeSpinLock(&adapter->ReceiveLock);
    NdisFreeMemory(adapter, 0, 0);
    return status;
}

_Use_decl_annotations_
VOID MPHalt(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ NDIS_HALT_ACTION HaltAction)
{
    PMP_ADAPTER adapter = (PMP_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);

    // mask the interrupt on the card first; then in reverse order
    NdisMDeregisterInterruptEx(adapter->InterruptHandle);
    NdisMDeregisterScatterGatherDma(adapter->DmaHandle);
    NdisFreeSpinLock(&adapter->ReceiveLock);
    NdisFreeMemory(adapter, 0, 0);
}

_Use_decl_annotations_
BOOLEAN MPCheckForHang(
    _In_ NDIS_HANDLE MiniportAdapterContext)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);

    // TRUE makes NDIS reset the adapter
    return FALSE;
}

_Use_decl_annotations_
NDIS_STATUS MPReset(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _Out_ PBOOLEAN AddressingReset)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);

    // complete pending sends and requests, then reset the card
    *AddressingReset = FALSE;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
BOOLEAN MPInterrupt(
    _In_ NDIS_HANDLE MiniportInterruptContext,
    _Out_ PBOOLEAN QueueDefaultInterruptDpc,
    _Out_ PULONG TargetProcessors)
{
    PMP_ADAPTER adapter = (PMP_ADAPTER)MiniportInterruptContext;

    // read the causes from the card, and mask it when it was this card that interrupted
    *QueueDefaultInterruptDpc = adapter->Causes != 0;
    *TargetProcessors = 0;
    return adapter->Causes != 0;
}

_Use_decl_annotations_
VOID MPInterruptDpc(
    _In_ NDIS_HANDLE MiniportInterruptContext,
    _In_ PVOID MiniportDpcContext,
    _In_ PVOID ReceiveThrottleParameters,
    _In_ PVOID NdisReserved2)
{
    PMP_ADAPTER adapter = (PMP_ADAPTER)MiniportInterruptContext;

    UNREFERENCED_PARAMETER(MiniportDpcContext);
    UNREFERENCED_PARAMETER(ReceiveThrottleParameters);
    UNREFERENCED_PARAMETER(NdisReserved2);

    NdisDprAcquireSpinLock(&adapter->ReceiveLock);
    // take what was received off the ring
    NdisDprReleaseSpinLock(&adapter->ReceiveLock);
    // unmask the interrupt on the card
}

_Use_decl_annotations_
VOID MPDisableInterrupt(
    _In_ NDIS_HANDLE MiniportInterruptContext)
{
    UNREFERENCED_PARAMETER(MiniportInterruptContext);

    // mask the interrupt on the card
}

_Use_decl_annotations_
VOID MPEnableInterrupt(
    _In_ NDIS_HANDLE MiniportInterruptContext)
{
    UNREFERENCED_PARAMETER(MiniportInterruptContext);

    // unmask the interrupt on the card
}

_Use_decl_annotations_
VOID MPProcessSGList(
    _In_ PDEVICE_OBJECT pDO,
    _In_ PVOID Reserved,
    _In_ PSCATTER_GATHER_LIST pSGL,
    _In_ PVOID Context)
{
    UNREFERENCED_PARAMETER(pDO);
    UNREFERENCED_PARAMETER(Reserved);
    UNREFERENCED_PARAMETER(pSGL);
    UNREFERENCED_PARAMETER(Context);

    // give the pieces of the buffer to the card
}

_Use_decl_annotations_
NDIS_STATUS MPPause(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS MPRestart(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS MPOidRequest(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_
VOID MPSendNetBufferLists(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNET_BUFFER_LIST NetBufferList,
    _In_ NDIS_PORT_NUMBER PortNumber,
    _In_ ULONG SendFlags)
{
    PMP_ADAPTER adapter = (PMP_ADAPTER)MiniportAdapterContext;
    ULONG flags = 0;
    PNET_BUFFER_LIST current;

    UNREFERENCED_PARAMETER(PortNumber);

    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags)) {
        flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    }
    for (current = NetBufferList; current != NULL; current = NET_BUFFER_LIST_NEXT_NBL(current)) {
        NET_BUFFER_LIST_STATUS(current) = NDIS_STATUS_FAILURE;
    }
    NdisMSendNetBufferListsComplete(adapter->Handle, NetBufferList, flags);
}

_Use_decl_annotations_
VOID MPReturnNetBufferLists(
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
VOID MPCancelSend(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PVOID CancelId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);

    // complete the queued lists with this identifier as aborted
}

_Use_decl_annotations_
VOID MPDevicePnPEventNotify(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetDevicePnPEvent);
}

_Use_decl_annotations_
VOID MPShutdown(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ NDIS_SHUTDOWN_ACTION ShutdownAction)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ShutdownAction);
}

_Use_decl_annotations_
VOID MPCancelOidRequest(
    _In_ NDIS_HANDLE MiniportAdapterContext,
    _In_ PVOID RequestId)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RequestId);
}
