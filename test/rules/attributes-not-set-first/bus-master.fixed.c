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
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES registration = {0};
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES general = {0};
    NDIS_SG_DMA_DESCRIPTION description;
    PADAPTER adapter = AllocateAdapter(NdisMiniportHandle);
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    registration.MiniportAdapterContext = adapter;
    registration.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    registration.InterfaceType = NdisInterfacePci;
    status = NdisMSetMiniportAttributes(NdisMiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&registration);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    FillDmaDescription(&description);
    status = NdisMRegisterScatterGatherDma(NdisMiniportHandle, &description, &adapter->Dma);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    FillGeneralAttributes(adapter, &general);
    status = NdisMSetMiniportAttributes(NdisMiniportHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&general);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterScatterGatherDma(adapter->Dma);
    }
    return status;
}

MINIPORT_HALT MPHalt;

VOID MPHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PADAPTER adapter = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMDeregisterScatterGatherDma(adapter->Dma);
}
