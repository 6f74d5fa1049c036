// What the files of the filter driver share.

#pragma once

#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LwfUnload;
FILTER_ATTACH LwfAttach;
FILTER_DETACH LwfDetach;
FILTER_RESTART LwfRestart;
FILTER_PAUSE LwfPause;
DRIVER_DISPATCH LwfDispatch;

#define LWF_TAG 'fwLM'

// One per filter module, from attach to detach.
typedef struct _LWF_MODULE {
    LIST_ENTRY Link;
    NDIS_HANDLE FilterHandle;
} LWF_MODULE, *PLWF_MODULE;

extern NDIS_HANDLE FilterHandle;
extern NDIS_HANDLE DeviceHandle;
extern PDEVICE_OBJECT ControlDevice;
extern NDIS_SPIN_LOCK ModuleLock;
extern LIST_ENTRY ModuleList;

NDIS_STATUS LwfRegister(PDRIVER_OBJECT DriverObject);
NDIS_STATUS LwfRegisterDevice(VOID);

// Takes back what was registered.
VOID LwfCleanup(VOID);
