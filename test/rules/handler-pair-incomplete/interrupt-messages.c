#include <ndis.h>

NDIS_STATUS RegisterInterrupt(PADAPTER Adapter)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS interrupt = {0};

    interrupt.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    interrupt.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    interrupt.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    interrupt.InterruptHandler = NicIsr;
    interrupt.InterruptDpcHandler = NicInterruptDpc;
    interrupt.DisableInterruptHandler = NicDisableInterrupt;
    interrupt.EnableInterruptHandler = NicEnableInterrupt;
    interrupt.MsiSupported = TRUE;
    //        ^^^^^^^^^^^^ warning handler-pair-incomplete: 'MsiSupported' = TRUE needs 'EnableMessageInterruptHandler' in 'interrupt'
    interrupt.MessageInterruptHandler = NicMessageInterrupt;
    interrupt.MessageInterruptDpcHandler = NicMessageInterruptDpc;
    interrupt.DisableMessageInterruptHandler = NicDisableMessageInterrupt;

    return NdisMRegisterInterruptEx(Adapter->Handle, Adapter, &interrupt, &Adapter->InterruptHandle);
}
