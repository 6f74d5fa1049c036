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
    status = NdisMSetMiniportAttributes(AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&general);
    //                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'general.Header.Revision' is never set before 'NdisMSetMiniportAttributes'
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    dma.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    dma.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    dma.MaximumPhysicalMapping = MAXIMUM_PACKET;
    dma.ProcessSGListHandler = MPProcessSGList;
    status = NdisMRegisterScatterGatherDma(AdapterHandle, &dma, &Adapter->DmaHandle);
    //                                                    ^^^^ error header-field-missing: 'dma.Header.Size' is never set before 'NdisMRegisterScatterGatherDma'
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    device.DeviceName = &g_DeviceName;
    device.SymbolicName = &g_SymbolicName;
    device.MajorFunctions = g_Dispatch;
    return NdisRegisterDeviceEx(g_DriverHandle, &device, &Adapter->DeviceObject, &Adapter->DeviceHandle);
    //                                          ^^^^^^^ error header-field-missing: 'device.Header.Type', 'device.Header.Revision' and 'device.Header.Size' are never set before 'NdisRegisterDeviceEx'
}

NDIS_MINIPORT_ADAPTER_ATTRIBUTES g_Attributes;
NDIS_OBJECT_HEADER g_Header;
