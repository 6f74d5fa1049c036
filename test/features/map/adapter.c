// The miniport registers in DriverEntry, its interrupt for each adapter; unload forgets the miniport.
#include <ndis.h>

NDIS_HANDLE MiniportHandle;

typedef struct _ADAPTER {
    NDIS_HANDLE Interrupt;
} ADAPTER, *PADAPTER;

MINIPORT_INITIALIZE MpInitialize;
MINIPORT_HALT MpHalt;
MINIPORT_UNLOAD MpUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};

    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 0;
    chars.InitializeHandlerEx = MpInitialize;
    chars.HaltHandlerEx = MpHalt;
    chars.UnloadHandler = MpUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &MiniportHandle);
}

NDIS_STATUS MpInitialize(NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS interrupt = {0};
    PADAPTER adapter = MiniportDriverContext;
    NDIS_STATUS status;

    status = NdisMRegisterInterruptEx(NdisMiniportHandle, adapter, &interrupt, &adapter->Interrupt);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    if (!MpStart(adapter)) {
        NdisMDeregisterInterruptEx(adapter->Interrupt);
        return NDIS_STATUS_FAILURE;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID MpHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PADAPTER adapter = MiniportAdapterContext;

    NdisMDeregisterInterruptEx(adapter->Interrupt);
}

VOID MpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}
