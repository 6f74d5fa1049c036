//- entry.c
#include <ndis.h>

static NDIS_HANDLE DriverHandle;

MINIPORT_PAUSE MPPause;
DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.PauseHandler = MPPause;
    //                   ^^^^^^^ warning init-code-used-later: 'MPPause' is in the INIT section but is called later as 'PauseHandler'
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

//- pause.c
#include <ndis.h>

MINIPORT_PAUSE MPPause;

#pragma NDIS_INIT_FUNCTION(MPPause)

NDIS_STATUS MPPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}
