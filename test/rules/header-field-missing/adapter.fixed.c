#include <ndis.h>

// Structures that are handed over for one adapter.
NDIS_STATUS MPInitialize(NDIS_HANDLE AdapterHandle, PADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES general = {0};
    NDIS_SG_DMA_DESCRIPTION dma = {0};
    NDIS_DEVICE_OBJECT_ATTRIBUTES device = {0};
    NDIS_STATUS status;

    general.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    general.Header.Size = sizeof(general);
    general.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    status = NdisMSetMiniportAttributes(AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&general);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    dma.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    dma.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    dma.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
    dma.MaximumPhysicalMapping = MAXIMUM_PACKET;
    dma.ProcessSGListHandler = MPProcessSGList;
    status = NdisMRegisterScatterGatherDma(AdapterHandle, &dma, &Adapter->DmaHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    device.DeviceName = &g_DeviceName;
    device.SymbolicName = &g_SymbolicName;
    device.MajorFunctions = g_Dispatch;
    device.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    device.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    device.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    return NdisRegisterDeviceEx(g_DriverHandle, &device, &Adapter->DeviceObject, &Adapter->DeviceHandle);
}

NDIS_MINIPORT_ADAPTER_ATTRIBUTES g_Attributes;
NDIS_OBJECT_HEADER g_Header;
