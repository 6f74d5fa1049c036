#include <ndis.h>

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
    };

    return NdisRegisterProtocolDriver(NULL, &table, &ProtocolHandle);
    //                                      ^^^^^^ error missing-required-handler: required handler 'UnbindAdapterHandlerEx' is not set in 'table' before 'NdisRegisterProtocolDriver'
}
