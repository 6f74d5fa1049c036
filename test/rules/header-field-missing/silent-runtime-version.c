#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

// Only the newer version sets the header here; what else may set it is a choice at run time, too.
NDIS_STATUS RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars = {0};

    chars.MajorNdisVersion = 6;
    chars.Name = *ProtocolName();
    if (NdisGetVersion() >= NDIS_RUNTIME_VERSION_630)
    {
        chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
        chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
        chars.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
        chars.MinorNdisVersion = 30;
    }
    else
    {
        chars.Header = *OldHeader();
        chars.MinorNdisVersion = 1;
    }
    chars.BindAdapterHandlerEx = ProtBindAdapter, chars.UnbindAdapterHandlerEx = ProtUnbindAdapter;
    chars.OpenAdapterCompleteHandlerEx = ProtOpenAdapterComplete;
    chars.CloseAdapterCompleteHandlerEx = ProtCloseAdapterComplete;
    chars.NetPnPEventHandler = ProtNetPnPEvent;
    chars.OidRequestCompleteHandler = ProtOidRequestComplete;
    chars.StatusHandlerEx = ProtStatus;
    chars.ReceiveNetBufferListsHandler = ProtReceiveNetBufferLists;
    chars.SendNetBufferListsCompleteHandler = ProtSendNetBufferListsComplete;

    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}
