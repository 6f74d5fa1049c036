// A protocol driver whose pool needs the handle of its registration: __finally takes back what is not complete.

#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PtUnload;
PROTOCOL_BIND_ADAPTER_EX PtBindAdapter;
PROTOCOL_UNBIND_ADAPTER_EX PtUnbindAdapter;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX PtOpenAdapterComplete;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX PtCloseAdapterComplete;
PROTOCOL_NET_PNP_EVENT PtNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE PtOidRequestComplete;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS PtReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE PtSendNetBufferListsComplete;
DRIVER_DISPATCH PtDispatch;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, PtUnload)
#endif

#define PT_TAG 'rPtP'

// One per adapter that the protocol is bound to.
typedef struct _PT_BINDING {
    LIST_ENTRY Link;
    NDIS_HANDLE BindingHandle;
    NDIS_EVENT Done;
    NDIS_STATUS Status;
} PT_BINDING, *PPT_BINDING;

static NDIS_HANDLE ProtocolHandle;
static NDIS_SPIN_LOCK BindingLock;
static LIST_ENTRY BindingList;
static PDEVICE_OBJECT ControlDevice;
static NDIS_HANDLE SendPool;

_Use_decl_annotations_
NTSTATUS DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NET_BUFFER_LIST_POOL_PARAMETERS pool;
    NDIS_STRING name = NDIS_STRING_CONST("PtProtocol");
    UNICODE_STRING deviceName = RTL_CONSTANT_STRING(L"\\Device\\PtProtocol");
    BOOLEAN isRegistered = FALSE;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    // handlers may run before the registration returns: all they use comes first
    NdisInitializeListHead(&BindingList);
    NdisAllocateSpinLock(&BindingLock);
    DriverObject->DriverUnload = PtUnload;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = PtDispatch;
    DriverObject->MajorFunction[IRP_MJ_CLEANUP] = PtDispatch;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = PtDispatch;

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.MajorDriverVersion = 1;
    chars.MinorDriverVersion = 0;
    chars.Name = name;
    chars.BindAdapterHandlerEx = PtBindAdapter;
    chars.UnbindAdapterHandlerEx = PtUnbindAdapter;
    chars.OpenAdapterCompleteHandlerEx = PtOpenAdapterComplete;
    chars.CloseAdapterCompleteHandlerEx = PtCloseAdapterComplete;
    chars.NetPnPEventHandler = PtNetPnPEvent;
    chars.OidRequestCompleteHandler = PtOidRequestComplete;
    chars.ReceiveNetBufferListsHandler = PtReceiveNetBufferLists;
    chars.SendNetBufferListsCompleteHandler = PtSendNetBufferListsComplete;

    NdisZeroMemory(&pool, sizeof(pool));
    pool.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    pool.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    pool.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    pool.ProtocolId = NDIS_PROTOCOL_ID_DEFAULT;
    pool.fAllocateNetBuffer = TRUE;
    pool.PoolTag = PT_TAG;

    __try {
        status = IoCreateDevice(
            DriverObject, 0, &deviceName, FILE_DEVICE_NETWORK, FILE_DEVICE_SECURE_OPEN, FALSE, &ControlDevice);
        if (!NT_SUCCESS(status)) {
            ControlDevice = NULL;
            __leave;
        }

        status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
        if (!NT_SUCCESS(status)) {
            __leave;
        }
        isRegistered = TRUE;

        // only requests to the control device send, so no handler misses it until then
        SendPool = NdisAllocateNetBufferListPool(ProtocolHandle, &pool);
        if (SendPool == NULL) {
            status = STATUS_INSUFFICIENT_RESOURCES;
        }
    } __finally {
        if (!NT_SUCCESS(status)) {
            if (isRegistered) {
                NdisDeregisterProtocolDriver(ProtocolHandle);
            }
            if (ControlDevice != NULL) {
                IoDeleteDevice(ControlDevice);
            }
            NdisFreeSpinLock(&BindingLock);
        }
    }

    return status;
}

_Use_decl_annotations_
VOID PtUnload(
    _In_ PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    PAGED_CODE();

    // unbinds every open binding before it returns
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisFreeNetBufferListPool(SendPool);
    IoDeleteDevice(ControlDevice);
    NdisFreeSpinLock(&BindingLock);
}

_Use_decl_annotations_
NDIS_STATUS PtBindAdapter(
    _In_ NDIS_HANDLE ProtocolDriverContext,
    _In_ NDIS_HANDLE BindContext,
    _In_ PNDIS_BIND_PARAMETERS BindParameters)
{
    NDIS_OPEN_PARAMETERS open;
    NDIS_MEDIUM media[] = { NdisMedium802_3 };
    NET_FRAME_TYPE frames[] = { NDIS_ETH_TYPE_802_1X };
    UINT selected;
    PPT_BINDING binding;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    binding = (PPT_BINDING)NdisAllocateMemoryWithTagPriority(
        ProtocolHandle, sizeof(*binding), PT_TAG, NormalPoolPriority);
    if (binding == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(binding, sizeof(*binding));
    NdisInitializeEvent(&binding->Done);

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

    status = NdisOpenAdapterEx(ProtocolHandle, binding, &open, BindContext, &binding->BindingHandle);
    if (status == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&binding->Done, 0);
        status = binding->Status;
    }
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(binding, 0, 0);
        return status;
    }

    NdisAcquireSpinLock(&BindingLock);
    InsertTailList(&BindingList, &binding->Link);
    NdisReleaseSpinLock(&BindingLock);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS PtUnbindAdapter(
    _In_ NDIS_HANDLE UnbindContext,
    _In_ NDIS_HANDLE ProtocolBindingContext)
{
    PPT_BINDING binding = (PPT_BINDING)ProtocolBindingContext;

    UNREFERENCED_PARAMETER(UnbindContext);

    NdisAcquireSpinLock(&BindingLock);
    RemoveEntryList(&binding->Link);
    NdisReleaseSpinLock(&BindingLock);

    NdisResetEvent(&binding->Done);
    if (NdisCloseAdapterEx(binding->BindingHandle) == NDIS_STATUS_PENDING) {
        NdisWaitEvent(&binding->Done, 0);
    }
    NdisFreeMemory(binding, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID PtOpenAdapterComplete(
    _In_ NDIS_HANDLE ProtocolBindingContext,
    _In_ NDIS_STATUS Status)
{
    PPT_BINDING binding = (PPT_BINDING)ProtocolBindingContext;

    binding->Status = Status;
    NdisSetEvent(&binding->Done);
}

_Use_decl_annotations_
VOID PtCloseAdapterComplete(
    _In_ NDIS_HANDLE ProtocolBindingContext)
{
    PPT_BINDING binding = (PPT_BINDING)ProtocolBindingContext;

    NdisSetEvent(&binding->Done);
}

_Use_decl_annotations_
NDIS_STATUS PtNetPnPEvent(
    _In_ NDIS_HANDLE ProtocolBindingContext,
    _In_ PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetPnPEventNotification);

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID PtOidRequestComplete(
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
VOID PtReceiveNetBufferLists(
    _In_ NDIS_HANDLE ProtocolBindingContext,
    _In_ PNET_BUFFER_LIST NetBufferLists,
    _In_ NDIS_PORT_NUMBER PortNumber,
    _In_ ULONG NumberOfNetBufferLists,
    _In_ ULONG ReceiveFlags)
{
    PPT_BINDING binding = (PPT_BINDING)ProtocolBindingContext;

    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    if (NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags)) {
        NdisReturnNetBufferLists(binding->BindingHandle, NetBufferLists, 0);
    }
}

_Use_decl_annotations_
VOID PtSendNetBufferListsComplete(
    _In_ NDIS_HANDLE ProtocolBindingContext,
    _In_ PNET_BUFFER_LIST NetBufferList,
    _In_ ULONG SendCompleteFlags)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetBufferList);
    UNREFERENCED_PARAMETER(SendCompleteFlags);

    // free or reuse the lists
}

_Use_decl_annotations_
NTSTATUS PtDispatch(
    _Inout_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);

    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}
