#include <ndis.h>

typedef struct _ADAPTER {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Interrupt;
    NDIS_HANDLE Dma;
} ADAPTER, *PADAPTER;

MINIPORT_INITIALIZE MPInitialize;

NDIS_STATUS MPInitialize(
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes;
    PADAPTER adapter = AllocateAdapter(NdisMiniportHandle);
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    adapter->Handle = NdisMiniportHandle;
    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    attributes.GeneralAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    attributes.GeneralAttributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    attributes.GeneralAttributes.MediaType = NdisMedium802_3;
    status = NdisMSetMiniportAttributes(NdisMiniportHandle, &attributes);
    //       ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning attributes-not-set-first: the general attributes are set before the registration attributes are set in 'MPInitialize'
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.RegistrationAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    attributes.RegistrationAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    attributes.RegistrationAttributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    attributes.RegistrationAttributes.MiniportAdapterContext = adapter;
    status = NdisMSetMiniportAttributes(NdisMiniportHandle, &attributes);
    return status;
}
