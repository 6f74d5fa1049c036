#include <ndis.h>

// What is added goes into the list that it belongs to, or behind it.
NDIS_STATUS RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS table = {
        .Header = {
            .Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
            .Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
            .Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
        },
    };

    table.Name = g_Name;
    table.BindAdapterHandlerEx = PtBindAdapter;
    table.UnbindAdapterHandlerEx = PtUnbindAdapter;
    table.OpenAdapterCompleteHandlerEx = PtOpenComplete;
    table.CloseAdapterCompleteHandlerEx = PtCloseComplete;
    table.NetPnPEventHandler = PtNetPnPEvent;
    table.MajorNdisVersion = NDIS_PROTOCOL_MAJOR_VERSION;
    table.MinorNdisVersion = NDIS_PROTOCOL_MINOR_VERSION;
    return NdisRegisterProtocolDriver(NULL, &table, &ProtocolHandle);
}
