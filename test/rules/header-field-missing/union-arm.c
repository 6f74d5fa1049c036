#include <ndis.h>

NDIS_STATUS MPSetAttributes(NDIS_HANDLE AdapterHandle, PADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {0};
    PNDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration = &attributes.RegistrationAttributes;
    NDIS_STATUS status;

    registration->Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    registration->Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    registration->MiniportAdapterContext = Adapter;
    status = NdisMSetMiniportAttributes(AdapterHandle, &attributes);
    //                                                 ^^^^^^^^^^^ error header-field-missing: 'attributes.RegistrationAttributes.Header.Size' is never set before 'NdisMSetMiniportAttributes'
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }

    NdisZeroMemory(&attributes.GeneralAttributes, sizeof(attributes.GeneralAttributes));
    attributes.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    attributes.GeneralAttributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    attributes.GeneralAttributes.MediaType = NdisMedium802_3;

    return NdisMSetMiniportAttributes(
        AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&attributes.GeneralAttributes);
    //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'attributes.GeneralAttributes.Header.Revision' is never set before 'NdisMSetMiniportAttributes'
}
