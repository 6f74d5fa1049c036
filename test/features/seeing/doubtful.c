#include <ndis.h>

NDIS_HANDLE First;
NDIS_HANDLE Second;
NDIS_HANDLE Dma;

// Members set under a condition, and a version with two values.
static NDIS_STATUS RegisterFirst(PDRIVER_OBJECT DriverObject, PUNICODE_STRING Path, BOOLEAN canPause)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NdisZeroMemory(&chars, sizeof(chars));
    chars.MajorNdisVersion = 6;
#ifdef NEWER
    chars.MinorNdisVersion = 30;
#else
    chars.MinorNdisVersion = 20;
#endif
    chars.HaltHandlerEx = MPHalt;
    if (canPause) {
        chars.PauseHandler = MPPause;
    }
    //= miniport driver · up to 2 handlers
    return NdisMRegisterMiniportDriver(DriverObject, Path, NULL, &chars, &First);
}

// More may be set by code that is not in sight.
static NDIS_STATUS RegisterSecond(PDRIVER_OBJECT DriverObject, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NdisZeroMemory(&chars, sizeof(chars));
    FillOutOfSight(&chars);
    chars.HaltHandlerEx = MPHalt;
    //= miniport driver · 1+ handlers · undone in MPUndo
    return NdisMRegisterMiniportDriver(DriverObject, Path, NULL, &chars, &Second);
}

//= registers 2 × miniport driver
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING Path)
{
    if (RegisterFirst(DriverObject, Path, TRUE) != NDIS_STATUS_SUCCESS) return STATUS_UNSUCCESSFUL;
    return RegisterSecond(DriverObject, Path);
}

// Two tables hold it.
//= MiniportHaltEx · PASSIVE_LEVEL · registered at 2 places
static VOID MPHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    NdisMDeregisterScatterGatherDma(Dma);
}

// Only the handle tells which of the two registrations is undone.
VOID MPUndo(VOID)
{
    NdisMDeregisterMiniportDriver(Sec$0ond);
    //definition: driver.c: return [NdisMRegisterMiniportDriver](DriverObject, Path, NULL, &chars, &Second);
    //reference: driver.c: return [NdisMRegisterMiniportDriver](DriverObject, Path, NULL, &chars, &Second);
    //reference: driver.c: [NdisMDeregisterMiniportDriver](Second);
}

//= MiniportPause · PASSIVE_LEVEL · registered at driver.c:20
static NDIS_STATUS MPPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
//hints: static NDIS_STATUS MPPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)«PASSIVE_LEVEL»
{
    NDIS_SG_DMA_DESCRIPTION description = {
        { NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION, NDIS_SG_DMA_DESCRIPTION_REVISION_1, 0 },
        0, 4096, MPProcess,
        //hints: «Flags:»0, «MaximumPhysicalMapping:»4096, «ProcessSGListHandler:»MPProcess,
    };
    //= scatter/gather DMA · 1 handler · undone in MPHalt
    return NdisMRegisterScatterGatherDma(Context, &description, &Dma);
}
