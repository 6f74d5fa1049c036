#include <ndis.h>

typedef struct _ADAPTER {
    NDIS_HANDLE AdapterHandle;
    NDIS_HANDLE DmaHandle;
} ADAPTER, *PADAPTER;

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_INITIALIZE MPInitialize;
MINIPORT_HALT MPHalt;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.InitializeHandlerEx = MPInitialize;
    chars.HaltHandlerEx = MPHalt;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

NDIS_STATUS MPInitialize(NDIS_HANDLE MiniportHandle, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    PADAPTER adapter = AllocateAdapter(MiniportHandle);
    NDIS_SG_DMA_DESCRIPTION description;

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    SetAttributes(MiniportHandle, adapter);
    FillDescription(&description);
    adapter->AdapterHandle = MiniportHandle;
    return NdisMRegisterScatterGatherDma(adapter->AdapterHandle, &description, &adapter->DmaHandle);
}

VOID MPHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    PADAPTER adapter = (PADAPTER)Context;

    UNREFERENCED_PARAMETER(Action);
    NdisMDeregisterScatterGatherDma(adapter->DmaHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
