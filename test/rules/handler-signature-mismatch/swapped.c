#include <ndis.h>

MINIPORT_ISR MPIsr;
MINIPORT_INTERRUPT_DPC MPInterruptDpc;
MINIPORT_ENABLE_INTERRUPT MPEnableInterrupt;
MINIPORT_DISABLE_INTERRUPT MPDisableInterrupt;

NDIS_STATUS MPRegisterInterrupt(NDIS_HANDLE AdapterHandle, PADAPTER Adapter)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS interrupt = {0};

    interrupt.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    interrupt.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    interrupt.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    interrupt.InterruptHandler = MPIsr;
    interrupt.InterruptDpcHandler = MPInterruptDpc;
    interrupt.DisableInterruptHandler = MPEnableInterrupt;
    //                                  ^^^^^^^^^^^^^^^^^ warning handler-signature-mismatch: 'MPEnableInterrupt' is declared 'MINIPORT_ENABLE_INTERRUPT' but 'DisableInterruptHandler' of an interrupt needs 'MINIPORT_DISABLE_INTERRUPT'
    interrupt.EnableInterruptHandler = MPDisableInterrupt;
    //                                 ^^^^^^^^^^^^^^^^^^ warning handler-signature-mismatch: the prototypes are equal, so it compiles

    return NdisMRegisterInterruptEx(AdapterHandle, Adapter, &interrupt, &Adapter->InterruptHandle);
}
