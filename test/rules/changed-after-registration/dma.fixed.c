#include <ndis.h>

typedef struct _ADAPTER {
    NDIS_HANDLE Handle;
    NDIS_HANDLE DmaHandle;
} ADAPTER, *PADAPTER;

MINIPORT_PROCESS_SG_LIST MPProcessSGList;

NDIS_STATUS MPRegisterDma(PADAPTER Adapter)
{
    NDIS_SG_DMA_DESCRIPTION dma = {0};
    NDIS_STATUS status;

    dma.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    dma.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    dma.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
    dma.MaximumPhysicalMapping = 65536;
    dma.ProcessSGListHandler = MPProcessSGList;
    dma.Flags = NDIS_SG_DMA_64_BIT_ADDRESS;
    status = NdisMRegisterScatterGatherDma(Adapter->Handle, &dma, &Adapter->DmaHandle);
    return status;
}
