// example: only the registration attributes are set
#include <ndis.h>

typedef struct _ADAPTER {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Interrupt;
    NDIS_HANDLE Dma;
} ADAPTER, *PADAPTER;

MINIPORT_INITIALIZE MPInitialize;

NDIS_STATUS MPInitialize(
    //      ^^^^^^^^^^^^ warning general-attributes-missing: 'MPInitialize' never sets the general attributes, only the registration attributes
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration = {0};
    PADAPTER adapter = AllocateAdapter(NdisMiniportHandle);
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    registration.MiniportAdapterContext = adapter;
    registration.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE;
    registration.InterfaceType = NdisInterfacePci;
    status = NdisMSetMiniportAttributes(NdisMiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&registration);
    return status;
}
