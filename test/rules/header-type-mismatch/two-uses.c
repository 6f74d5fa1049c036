#include <ndis.h>

// One header for both calls: no constant suits both, so none is suggested.
NDIS_STATUS MPSetAttributes(NDIS_HANDLE AdapterHandle, PADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {0};
    PNDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration = &attributes.RegistrationAttributes;
    NDIS_STATUS status;

    registration->Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    //                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning header-type-mismatch: the structure is 'NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES'
    registration->Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    //                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning header-revision-size-mismatch: the table is 'NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES'
    registration->Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    //                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-revision-size-mismatch: the table is 'NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES'
    registration->MiniportAdapterContext = Adapter;
    status = NdisMSetMiniportAttributes(AdapterHandle, &attributes);
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }

    return NdisMSetMiniportAttributes(
        AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&attributes.GeneralAttributes);
}
