#include <ndis.h>

// Larger than needed is legal, and the tag of a structure is its type, too.
NDIS_STATUS MPSetAttributes(NDIS_HANDLE AdapterHandle, PADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {0};
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES general = {0};
    NDIS_STATUS status;

    attributes.RegistrationAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    attributes.RegistrationAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    attributes.RegistrationAttributes.Header.Size = sizeof(attributes);
    attributes.RegistrationAttributes.MiniportAdapterContext = Adapter;
    status = NdisMSetMiniportAttributes(AdapterHandle, &attributes);
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }

    attributes.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    attributes.GeneralAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    attributes.GeneralAttributes.Header.Size = sizeof(attributes);
    status = NdisMSetMiniportAttributes(AdapterHandle, &attributes);
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }

    general.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    general.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    general.Header.Size = sizeof(struct _NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES);
    return NdisMSetMiniportAttributes(AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&general);
}
