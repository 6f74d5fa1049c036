#include <ndis.h>

typedef struct _ADAPTER {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Interrupt;
    NDIS_HANDLE Dma;
} ADAPTER, *PADAPTER;

MINIPORT_INITIALIZE MpInitialize;
MINIPORT_HALT MpHalt;

NDIS_STATUS MpInitialize(NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS interrupt;
    NDIS_SG_DMA_DESCRIPTION dma;
    PADAPTER adapter;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    adapter = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(ADAPTER), 'tpdA');
    if (adapter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    FillInterrupt(&interrupt);
    FillDma(&dma);

    status = NdisMRegisterScatterGatherDma(NdisMiniportHandle, &dma, &adapter->Dma);
    if (status != NDIS_STATUS_SUCCESS) {
        goto Fail;
    }
    status = NdisMRegisterInterruptEx(NdisMiniportHandle, adapter, &interrupt, &adapter->Interrupt);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterScatterGatherDma(adapter->Dma);
        goto Fail;
    }
    return NDIS_STATUS_SUCCESS;

Fail:
    ExFreePool(adapter);
    return status;
}

VOID MpHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PADAPTER adapter = (PADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMDeregisterInterruptEx(adapter->Interrupt);
    NdisMDeregisterScatterGatherDma(adapter->Dma);
    ExFreePool(adapter);
}
