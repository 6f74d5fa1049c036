#include <ndis.h>

MINIPORT_INITIALIZE MPInitialize;

static NDIS_STATUS SetGeneralAttributes(NDIS_HANDLE AdapterHandle)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {0};

    attributes.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    attributes.GeneralAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    attributes.GeneralAttributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    attributes.GeneralAttributes.MediaType = NdisMedium802_3;
    return NdisMSetMiniportAttributes(AdapterHandle, &attributes);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning attributes-not-set-first: the general attributes are set, but 'MPInitialize' never sets the registration attributes
}

NDIS_STATUS MPInitialize(
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    return SetGeneralAttributes(NdisMiniportHandle);
}
