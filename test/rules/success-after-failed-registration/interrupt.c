#include <ndis.h>

typedef struct _ADAPTER {
    NDIS_HANDLE Interrupt;
} ADAPTER, *PADAPTER;

MINIPORT_INITIALIZE MpInitialize;
MINIPORT_HALT MpHalt;

NDIS_STATUS MpInitialize(NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS interrupt;
    PADAPTER adapter = AdapterOf(MiniportInitParameters);
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    FillInterrupt(&interrupt);
    status = NdisMRegisterInterruptEx(NdisMiniportHandle, adapter, &interrupt, &adapter->Interrupt);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisWriteErrorLogEntry(NdisMiniportHandle, NDIS_ERROR_CODE_INTERRUPT_CONNECT, 0);
    }
    return NDIS_STATUS_SUCCESS;
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^ error success-after-failed-registration: 'MpInitialize' returns success although 'NdisMRegisterInterruptEx' failed
}

VOID MpHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PADAPTER adapter = (PADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMDeregisterInterruptEx(adapter->Interrupt);
}
