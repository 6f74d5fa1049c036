#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HidUnload;
DRIVER_ADD_DEVICE HidAddDevice;
DRIVER_DISPATCH HidDispatch;
DRIVER_DISPATCH HidPower;

typedef struct _CLASS_ROUTINES {
    PDRIVER_DISPATCH Power;
} CLASS_ROUTINES;

static CLASS_ROUTINES Class;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};
    NTSTATUS status;
    ULONG i;

    for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++) {
        DriverObject->MajorFunction[i] = HidDispatch;
    }
    DriverObject->DriverUnload = HidUnload;
    DriverObject->DriverExtension->AddDevice = HidAddDevice;

    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    status = HidRegisterMinidriver(&registration);
    if (NT_SUCCESS(status)) {
        Class.Power = DriverObject->MajorFunction[IRP_MJ_POWER];
        DriverObject->MajorFunction[IRP_MJ_POWER] = HidPower;
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint entry-point-set-after-registration: 'DriverObject->MajorFunction[IRP_MJ_POWER]' is set after 'HidRegisterMinidriver' and replaces the routine of the class driver
    }
    return status;
}
