#include <ndis.h>

MINIPORT_INITIALIZE MPInitialize;

// Without DMA the adapter would still need its interrupt: this way gives up, and says that it did not.
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
        status = NDIS_STATUS_SUCCESS;
        goto Exit;
    }
    status = NdisMRegisterInterruptEx(NdisMiniportHandle, adapter, &interrupt, &adapter->InterruptHandle);
    if (status != NDIS_STATUS_SUCCESS)
    {
        NdisMDeregisterScatterGatherDma(adapter->DmaHandle);
    }

Exit:
    return status;
//  ^^^^^^^^^^^^^^ error success-after-failed-registration: 'MPInitialize' returns success although 'NdisMRegisterScatterGatherDma' failed
}
