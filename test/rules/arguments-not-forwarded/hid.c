//- driver.c rule=missing-dispatch-entry=off
#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};

    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = NULL;
    //                          ^^^^ error arguments-not-forwarded: 'registration.RegistryPath' must receive DriverEntry's own 'RegistryPath', not NULL
    registration.DeviceExtensionSize = 0;
    return HidRegisterMinidriver(&registration);
}
