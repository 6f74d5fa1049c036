#include <ndis.h>

// Everything that revision 1 has is set; a newer kit has more.
NDIS_STATUS NicRegisterDma(PADAPTER Adapter)
{
    NDIS_SG_DMA_DESCRIPTION dma;

    dma.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    dma.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    dma.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
    dma.Flags = NDIS_SG_DMA_64_BIT_ADDRESS;
    dma.MaximumPhysicalMapping = 0x10000;
    dma.ProcessSGListHandler = NicProcessSGList;
    dma.SharedMemAllocateCompleteHandler = NicAllocateSharedMemComplete;
    dma.ScatterGatherListSize = 0;
    return NdisMRegisterScatterGatherDma(Adapter->Handle, &dma, &Adapter->DmaHandle);
}
