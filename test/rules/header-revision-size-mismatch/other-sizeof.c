#include <ndis.h>

NDIS_STATUS MPSetAttributes(NDIS_HANDLE AdapterHandle, PADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration = {0};
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES general = {0};
    NDIS_STATUS status;

    registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    registration.Header.Size = sizeof(NDIS_OBJECT_HEADER);
    //                         ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning header-revision-size-mismatch: 'sizeof(NDIS_OBJECT_HEADER)' is the size of 'NDIS_OBJECT_HEADER', the table is 'NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES'
    registration.MiniportAdapterContext = Adapter;
    status = NdisMSetMiniportAttributes(AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&registration);
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }

    general.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    general.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    general.Header.Size = sizeof(registration);
    //                    ^^^^^^^^^^^^^^^^^^^^ warning header-revision-size-mismatch: 'sizeof(registration)' is the size of 'NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES'
    return NdisMSetMiniportAttributes(AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&general);
}
