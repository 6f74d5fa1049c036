//- mp.h
#include <ndis.h>
extern NDIS_HANDLE DriverHandle;
VOID MPStop(BOOLEAN IsLast);
MINIPORT_HALT MPHalt;
MINIPORT_UNLOAD MPUnload;
//- driver.c
#include "mp.h"

NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.HaltHandlerEx = MPHalt;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

VOID MPHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    UNREFERENCED_PARAMETER(Context);
    MPStop(Action == NdisHaltDeviceStopped);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}
//- stop.c
#include "mp.h"

#define DEREGISTER(h) NdisMDeregisterMiniportDriver(h)

VOID MPStop(BOOLEAN IsLast)
{
    do {
        if (!IsLast) {
            break;
        }
        DEREGISTER(DriverHandle);
    //  ^^^^^^^^^^^^^^^^^^^^^^^^ warning deregistered-in-wrong-callback: must not be called from 'MPHalt', a handler in 'HaltHandlerEx', through 'MPStop'
    } while (FALSE);
}
