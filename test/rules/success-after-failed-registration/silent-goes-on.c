#include <ndis.h>

MINIPORT_INITIALIZE MPInitialize;

// Without DMA the adapter copies its data.
NDIS_STATUS MPInitialize(
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_SG_DMA_DESCRIPTION dma;
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS interrupt;
    PADAPTER adapter;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    adapter = PrepareAdapter(NdisMiniportHandle, &dma, &interrupt);

    status = NdisMRegisterScatterGatherDma(NdisMiniportHandle, &dma, &adapter->DmaHandle);
    if (status != NDIS_STATUS_SUCCESS)
    {
        adapter->DmaHandle = NULL;
    }
    status = NdisMRegisterInterruptEx(NdisMiniportHandle, adapter, &interrupt, &adapter->InterruptHandle);
    if (status != NDIS_STATUS_SUCCESS && adapter->DmaHandle != NULL)
    {
        NdisMDeregisterScatterGatherDma(adapter->DmaHandle);
    }
    return status;
}
