#include <ndis.h>

NDIS_STATUS LibInitializeAdapter(NDIS_HANDLE Adapter, PNDIS_MINIPORT_INIT_PARAMETERS Parameters);
MINIPORT_INITIALIZE MPInitialize;

// The registration attributes are set by code out of sight.
NDIS_STATUS MPInitialize(
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {0};
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    status = LibInitializeAdapter(NdisMiniportHandle, MiniportInitParameters);
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }
    attributes.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    attributes.GeneralAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    attributes.GeneralAttributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    attributes.GeneralAttributes.MediaType = NdisMedium802_3;
    return NdisMSetMiniportAttributes(NdisMiniportHandle, &attributes);
}
