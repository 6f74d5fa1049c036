#include <ndis.h>
PROTOCOL_UNBIND_ADAPTER_EX PtUnbindAdapter;

static NDIS_HANDLE ProtocolHandle;

NDIS_STATUS RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS table = {
        .Header = {
            .Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
            .Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
            .Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
        },
        .MajorNdisVersion = 6,
        .MinorNdisVersion = 30,
        .Name = NDIS_STRING_CONST("Proto"),
        .BindAdapterHandlerEx = PtBindAdapter,
        .OpenAdapterCompleteHandlerEx = PtOpenAdapterComplete,
        .CloseAdapterCompleteHandlerEx = PtCloseAdapterComplete,
        .NetPnPEventHandler = PtNetPnPEvent,
        .OidRequestCompleteHandler = PtOidRequestComplete,
        .ReceiveNetBufferListsHandler = PtReceiveNetBufferLists,
        .SendNetBufferListsCompleteHandler = PtSendNetBufferListsComplete,
        .UnbindAdapterHandlerEx = PtUnbindAdapter,
    };

    return NdisRegisterProtocolDriver(NULL, &table, &ProtocolHandle);
}

_Use_decl_annotations_
NDIS_STATUS PtUnbindAdapter(
    _In_ NDIS_HANDLE UnbindContext,
    _In_ NDIS_HANDLE ProtocolBindingContext)
{
    UNREFERENCED_PARAMETER(UnbindContext);
    UNREFERENCED_PARAMETER(ProtocolBindingContext);

    // close the adapter with NdisCloseAdapterEx, wait until it is closed, then free the binding
    return NDIS_STATUS_SUCCESS;
}
