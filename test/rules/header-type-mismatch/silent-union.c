#include <ndis.h>

// Which arm is in use depends on the caller, or on a helper.
NDIS_STATUS MPSetAttributes(NDIS_HANDLE AdapterHandle, PADAPTER Adapter, BOOLEAN IsFirst)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {0};

    if (IsFirst)
    {
        attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
        attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
        attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
        attributes.RegistrationAttributes.MiniportAdapterContext = Adapter;
    }
    else
    {
        attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
        attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
        attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
        attributes.GeneralAttributes.MediaType = NdisMedium802_3;
    }

    return NdisMSetMiniportAttributes(AdapterHandle, &attributes);
}

NDIS_STATUS MPSetOffload(NDIS_HANDLE AdapterHandle, PADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {0};

    attributes.OffloadAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES;
    attributes.OffloadAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1;
    attributes.OffloadAttributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1;
    attributes.OffloadAttributes.DefaultOffloadConfiguration = &Adapter->Offload;

    return NdisMSetMiniportAttributes(AdapterHandle, &attributes);
}
