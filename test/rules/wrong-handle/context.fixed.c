#include <ndis.h>

typedef struct _ADAPTER {
    NDIS_HANDLE InterruptHandle;
} ADAPTER, *PADAPTER;

MINIPORT_INITIALIZE MPInitialize;

NDIS_STATUS MPInitialize(
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS interrupt;
    PADAPTER adapter;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    adapter = PrepareAdapter(NdisMiniportHandle);
    FillInterruptCharacteristics(&interrupt);
    return NdisMRegisterInterruptEx(NdisMiniportHandle, adapter, &interrupt, &adapter->InterruptHandle);
}
